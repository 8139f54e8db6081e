import type { DepartmentRule, Judgement } from '../rule.ts';
import { mandiriTikOf } from '../mandiri-tik.ts';

/** That a department is a Perangkat Daerah Mandiri TIK rests on a decree: nobody is one by a setting alone. */
export const mandiriTikStatusRecorded: DepartmentRule = {
  name: 'mandiri-tik-status-recorded',
  docs: 'The decree by which the department is a Perangkat Daerah Mandiri TIK is in the register and valid.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'info',
  params: {},
  evidence: {
    id: 'Entri pada register Mandiri TIK: nomor keputusan dan masa berlakunya.',
    en: 'An entry in the register of Mandiri TIK: number of the decree and its validity.',
  },
  headlines: { ended: { id: 'Keputusan Mandiri TIK sudah berakhir', en: 'The decree of Mandiri TIK has ended' } },
  reasons: {
    'not-mandiri': {
      id: 'Perangkat Daerah ini tidak berstatus Mandiri TIK.',
      en: 'The department is no Perangkat Daerah Mandiri TIK.',
    },
    'not-recorded': {
      id: 'Perangkat Daerah ini ditandai Mandiri TIK dalam konfigurasi, tetapi keputusannya belum tercatat dalam register Mandiri TIK.',
      en: 'The configuration calls the department Mandiri TIK, but no decree is entered in the register of Mandiri TIK.',
    },
    recorded: {
      id: 'Berstatus Mandiri TIK berdasarkan keputusan Nomor {number}.',
      en: 'The department is Mandiri TIK by decree number {number}.',
    },
    ended: {
      id: 'Perangkat Daerah ini masih ditandai Mandiri TIK dalam konfigurasi, padahal keputusan Nomor {number} berakhir {untilDay}; sejak itu diperlakukan sebagai bukan Mandiri TIK.',
      en: 'The configuration still calls the department Mandiri TIK, but decree number {number} ended on {untilDay}; since then it is treated as one that is not.',
    },
  },
  judge(facts): Judgement {
    const { state, entry, number, untilDay, endedAtMs, recheckAtMs } = mandiriTikOf(facts);
    const again = recheckAtMs === undefined ? {} : { recheckAtMs };
    const evidence = entry === undefined ? [] : [entry.reference];
    switch (state) {
      case 'recorded':
        return { status: 'compliant', reasonCode: 'recorded', reasonArgs: { number }, evidence, ...again };
      case 'configured':
        return {
          status: 'no-evidence',
          reasonCode: 'not-recorded',
          reasonArgs: {},
          evidence,
          endsBreach: true,
          ...again,
        };
      case 'ended': {
        if (!facts.isMandiriTik) break;
        const reasonArgs = { number, untilDay };
        const since = { sinceAtMs: endedAtMs };
        return {
          status: 'breached',
          exceeded: 'finding',
          ...since,
          reasonCode: 'ended',
          reasonArgs,
          evidence,
          ...again,
        };
      }
      default:
    }
    return { status: 'not-applicable', reasonCode: 'not-mandiri', reasonArgs: {}, evidence: [], ...again };
  },
};
