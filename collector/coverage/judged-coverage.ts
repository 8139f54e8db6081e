import type { PantauConfig } from '../config/schema.ts';
import { regulationsOf } from '../obligations/regulations/registry.ts';
import type { VerdictStatus } from '../../shared/states.ts';
import { type Coverage, coverageOf, type CountedVerdict } from './coverage.ts';
import { indicatorSetNamed } from './indicator-set.ts';

interface Judged {
  pd: string;
  obligation: string;
  subject: string;
  status: VerdictStatus;
}

/** The coverage that verdicts show, by the instrument of the configuration; areas and the Pemda itself count for nobody. */
export function judgedCoverage(
  config: Pick<PantauConfig, 'perangkatDaerah' | 'reports' | 'regulations' | 'ownRegulations'>,
  verdicts: readonly Judged[],
): Coverage | undefined {
  const set = indicatorSetNamed(config.reports.indicators);
  if (set === undefined) return undefined;
  const pds = config.perangkatDaerah.map(({ id }) => id);
  const ruleByObligation = new Map(
    regulationsOf(config).flatMap(({ obligations }) => obligations.map(({ id, rule }) => [id, rule] as const)),
  );
  const counted = verdicts.flatMap(({ pd, obligation, subject, status }): CountedVerdict[] => {
    const rule = ruleByObligation.get(obligation);
    const isOfDepartment = subject === pd || subject.startsWith(`${pd}/`);
    return rule === undefined || !isOfDepartment ? [] : [{ pd, obligation, subject, status, rule }];
  });
  return coverageOf(set, pds, counted);
}
