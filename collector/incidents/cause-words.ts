import type { Language } from '../../shared/local-time.ts';
import type { Notice } from '../notify/notice.ts';
import type { IncidentRow, StatedCause } from '../store/incident-rows.ts';
import type { Rule } from '../obligations/rule.ts';
import type { CauseCode } from './causes/cause-codes.ts';
import { reasonCauses } from './reason-causes.ts';

const labels = {
  settled: { id: 'Penyebab menurut laporan setelah pulih', en: 'Cause by the reports after recovery' },
  stated: { id: 'Penyebab menurut petugas', en: 'Cause as people found it' },
  closed: { id: 'Ditutup oleh', en: 'Closed by' },
} as const;

const words: Record<CauseCode, Record<Language, string>> = {
  power: { id: 'listrik padam', en: 'loss of power' },
  wan: { id: 'jalur WAN terputus', en: 'the WAN link was lost' },
  lan: { id: 'jaringan lokal terputus', en: 'the local network was lost' },
  server: { id: 'server mati atau dinyalakan ulang', en: 'the server was off or restarted' },
  agent: {
    id: 'agen pemantau berhenti, server tetap menyala',
    en: 'the monitoring agent had stopped, the server was on',
  },
  backbone: { id: 'jaringan tulang punggung terputus', en: 'the backbone was lost' },
  'pusat-data-uplink': { id: 'sambungan Pusat Data terputus', en: 'the line of the Pusat Data was lost' },
  'isp-contract': {
    id: 'kontrak atau tagihan penyedia internet belum diselesaikan',
    en: 'contract or bill of the internet provider not settled',
  },
  'isp-fault': { id: 'gangguan di sisi penyedia internet', en: 'fault at the internet provider' },
  'cable-cut': { id: 'kabel putus atau vandalisme', en: 'cable cut or vandalism' },
  weather: { id: 'cuaca atau bencana alam', en: 'weather or natural disaster' },
  'planned-maintenance': { id: 'pemeliharaan terjadwal', en: 'planned maintenance' },
  device: { id: 'perangkat rusak', en: 'broken equipment' },
  'storage-full': { id: 'ruang penyimpanan penuh', en: 'storage full' },
  configuration: { id: 'kesalahan pengaturan', en: 'wrong configuration' },
  application: { id: 'kesalahan aplikasi', en: 'fault of an application' },
  attack: { id: 'serangan siber', en: 'cyber attack' },
  'human-error': { id: 'kelalaian petugas', en: 'human error' },
  other: { id: 'penyebab lain', en: 'another cause' },
};

/** @param code as people or late reports have it. */
export function causeInWords(code: string, language: Language): string {
  return Object.hasOwn(words, code) ? words[code as CauseCode][language] : code;
}

/** @param code as people or late reports have it, else the reason for which `rule` opened the incident. Never a code. */
export function causeOfRule(
  code: string,
  rule: Pick<Rule, 'headlines' | 'reasons'> | undefined,
  language: Language,
): string {
  if (Object.hasOwn(words, code)) return causeInWords(code, language);
  // What a sentence says of one moment is not kept with an incident.
  const short = rule?.headlines?.[code] ?? reasonCauses[code];
  if (short !== undefined) return short[language].replaceAll(/\s*\{\w+\}/g, '');
  return rule?.reasons[code]?.[language].replaceAll(/\{\w+\}/g, '…') ?? unknownCause[language];
}

const unknownCause = { id: 'penyebab tidak diketahui', en: 'cause unknown' } as const;

/** What broke after all, when it is known, and who closed an incident of which nothing is. */
export function causeDetails(
  { statedCause, settledCause, closed }: Pick<IncidentRow, 'statedCause' | 'settledCause' | 'closed'>,
  language: Language,
): Notice['details'] {
  const details: Notice['details'] = [];
  if (statedCause !== undefined) {
    details.push({ label: labels.stated[language], value: statedInWords(statedCause, language) });
  } else if (settledCause !== undefined) {
    details.push({ label: labels.settled[language], value: words[settledCause][language] });
  }
  if (closed !== undefined) details.push({ label: labels.closed[language], value: `${closed.by}: ${closed.text}` });
  return details;
}

function statedInWords({ code, text }: StatedCause, language: Language): string {
  return text === undefined ? words[code][language] : `${words[code][language]}: ${text}`;
}
