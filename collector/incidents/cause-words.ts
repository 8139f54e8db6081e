import type { Language } from '../../shared/local-time.ts';
import type { Notice } from '../notify/notice.ts';
import type { SettledCause } from '../store/rows.ts';

const label = { id: 'Penyebab menurut laporan setelah pulih', en: 'Cause by the reports after recovery' } as const;

const words: Record<SettledCause, Record<Language, string>> = {
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
};

/** What broke after all, when it is known. */
export function causeDetails(cause: SettledCause | undefined, language: Language): Notice['details'] {
  return cause === undefined ? [] : [{ label: label[language], value: words[cause][language] }];
}
