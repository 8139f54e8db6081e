import { keptFailures, keptStarts, keptSuccesses } from '../../facts/claim-identity.ts';

const happenedAt = 'coalesce(completed_at, started_at, observed_at)';

/**
 * The claims that a dataset's present rests on: the newest look, and the newest backups, failed runs and begun runs
 * with every claim that was made of these. What is loaded at a start and what pruning must keep are the same rows by
 * this one definition.
 * @param filter a condition of the program's own; it stands in the text several times, so its parameters have names.
 * @returns SQL that selects their keys.
 */
export function currentClaimKeys(filter = 'TRUE'): string {
  const newest = (condition: string, count: number) => `
    SELECT key FROM (SELECT key, dense_rank() OVER (
        PARTITION BY pd, dataset ORDER BY ${happenedAt} DESC, coalesce(identity, object_name), agent) AS n
      FROM claims WHERE ${filter} AND ${condition}) WHERE n <= ${count}`;
  return [
    `SELECT key FROM (SELECT key, rank() OVER (PARTITION BY pd, dataset ORDER BY observed_at DESC) AS n
      FROM claims WHERE ${filter} AND outcome <> 'running') WHERE n = 1`,
    newest("outcome IN ('ok', 'warning') AND completed_at IS NOT NULL", keptSuccesses),
    newest("outcome = 'failed'", keptFailures),
    newest("outcome = 'running'", keptStarts),
  ].join('\n    UNION');
}
