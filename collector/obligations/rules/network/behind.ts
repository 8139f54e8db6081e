import type { Fault } from '../../network/locate-fault.ts';
import type { Judgement, ReasonText } from '../../rule.ts';

/** What the rules say while another fault hides what they are about: one fault is a breach of one rule only. */
export const behindReasons = {
  'behind-wan': {
    id: 'Belum dapat dinilai: jalur WAN ke lokasi ini terputus sejak {sinceAtMs}.',
    en: 'Cannot be judged: the WAN to this site has been down since {sinceAtMs}.',
  },
  'outside-intra': {
    id: 'Belum dapat dinilai: router lokasi ini tidak menjawab dari Pusat Data sejak {sinceAtMs}, sedangkan laporan datang lewat jalur di luar Jaringan Intra.',
    en: 'Cannot be judged: the router of this site has not answered from the Pusat Data since {sinceAtMs}, while reports come by a way outside the Jaringan Intra.',
  },
  'own-uplink-down': {
    id: 'Belum dapat dinilai: jalur Pusat Data sendiri terputus, sehingga lokasi ini tidak dapat diukur.',
    en: 'Cannot be judged: the own uplink of the Pusat Data is down, so that this site cannot be measured.',
  },
} as const satisfies Record<string, ReasonText>;

/** The judgement for a fault before the site itself; undefined when there is none. */
export function behindJudgement({ place, sinceMs, evidence }: Fault): Judgement | undefined {
  if (place === 'own-uplink') {
    return { status: 'no-evidence', reasonCode: 'own-uplink-down', reasonArgs: {}, evidence: [] };
  }
  if ((place !== 'wan-or-power' && place !== 'outside-intra') || sinceMs === undefined) return undefined;
  const reasonCode = place === 'wan-or-power' ? 'behind-wan' : 'outside-intra';
  return { status: 'no-evidence', reasonCode, reasonArgs: { sinceAtMs: sinceMs }, evidence };
}
