import type { Language } from '../../shared/local-time.ts';
import type { IncidentEventRow } from '../store/incident-rows.ts';

const phrases = {
  waived: { id: 'dikecualikan', en: 'it was waived' },
  removed: { id: 'objeknya dihapus dari pengaturan', en: 'its subject was removed from the configuration' },
  'not-applicable': { id: 'kewajibannya tidak lagi berlaku', en: 'its duty applies no longer' },
  'no-evidence': {
    id: 'temuannya tidak lagi berlaku dan belum ada bukti baru',
    en: 'what was found holds no longer, and there is no new evidence',
  },
} as const;

/** What ended an incident although nothing shows that all is well again. */
export interface OtherEnding {
  status: keyof typeof phrases;
  /** Of the letter that excuses it. */
  waiverNumber?: string;
}

/** By the line `resolved` of its timeline; undefined where it did recover, or where a person said that it is over. */
export function otherEndingOf({ event, detail }: Pick<IncidentEventRow, 'event' | 'detail'>): OtherEnding | undefined {
  const { status, waiverNumber } = detail;
  if (event !== 'resolved' || typeof status !== 'string' || !Object.hasOwn(phrases, status)) return undefined;
  const number = typeof waiverNumber === 'string' ? { waiverNumber } : {};
  return { status: status as OtherEnding['status'], ...number };
}

/** `Berakhir karena dikecualikan (Nomor 800/12)` */
export function otherEndingInWords({ status, waiverNumber }: OtherEnding, language: Language): string {
  const number = waiverNumber === undefined ? '' : ` (${language === 'id' ? 'Nomor' : 'number'} ${waiverNumber})`;
  return `${language === 'id' ? 'Berakhir karena' : 'Ended because'} ${phrases[status][language]}${number}`;
}
