import type { MonthFigures } from './figures.ts';
import type { Words } from './scribe.ts';

/** At which moment a report tells how things stand: the end of the month, or when it was made. */
export function endWords({ soFarUntilMs }: Pick<MonthFigures, 'soFarUntilMs'>): Words {
  if (soFarUntilMs === undefined) return { id: 'pada akhir bulan', en: 'at the end of the month' };
  return { id: 'sampai saat laporan dibuat', en: 'when this report was made' };
}
