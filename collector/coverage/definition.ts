import type { Indicator } from './indicator-set.ts';

/** What "n dari N PD" of an indicator counts, in one sentence. */
export function definitionOf({ counts }: Indicator): { id: string; en: string } {
  return {
    id: `Terhitung adalah Perangkat Daerah yang ${counts.id}, yakni yang setiap putusannya mengenai hal itu Patuh; yang belum dapat dinilai dinyatakan tidak diketahui, dan N adalah semua Perangkat Daerah dalam konfigurasi.`,
    en: `Counted is a department that ${counts.en}, as each of its verdicts on it is Compliant; one that cannot be judged yet is unknown, and N is every department of the configuration.`,
  };
}
