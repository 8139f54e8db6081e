import { indicatorSets } from '../../coverage/indicator-set.ts';
import { suggestName } from '../nearest-name.ts';
import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** The instrument by which coverage is counted is one that there is. */
export function reportsCheck({ reports }: PantauConfig): ConfigProblem[] {
  const known = indicatorSets.map(({ id }) => id);
  if (known.includes(reports.indicators)) return [];
  const message = `there is no instrument "${reports.indicators}"; ${suggestName(reports.indicators, known)}`;
  return [{ path: ['reports', 'indicators'], message }];
}
