/** How many of the newest backups of a dataset count as its present. */
const keptBackups = 16;

/**
 * The claims that a dataset's present rests on: the newest look, and the newest backups with every claim that was made
 * of these. What is loaded at a start and what pruning must keep are the same rows by this one definition.
 * @param filter a condition of the program's own, with its own placeholders; it stands in the text twice.
 * @returns SQL that selects their keys.
 */
export function currentClaimKeys(filter = 'TRUE'): string {
  return `
    SELECT key FROM (SELECT key, rank() OVER (PARTITION BY pd, dataset ORDER BY observed_at DESC) AS n
      FROM claims WHERE ${filter}) WHERE n = 1
    UNION
    SELECT key FROM (SELECT key, dense_rank() OVER (
        PARTITION BY pd, dataset ORDER BY completed_at DESC, object_name, size_bytes, agent) AS n
      FROM claims WHERE ${filter} AND outcome = 'ok' AND completed_at IS NOT NULL) WHERE n <= ${keptBackups}`;
}
