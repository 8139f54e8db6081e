import type { ArrivalRow, RestoreTestRow } from '../rows.ts';
import type { BackupHistoryPort } from '../store.ts';
import { type ClaimRecord, claimColumns, toClaim } from './claims.ts';
import type { Connection } from './open.ts';
import { parsed } from './vaults.ts';

/** Half an hour's worth of minutes for years is more than anybody asks for at once. */
const mostRows = 100_000;

export function createBackupHistory(connection: Connection): BackupHistoryPort {
  const happenedAt = 'coalesce(c.completed_at, c.started_at, c.observed_at)';
  // Of a claim that was kept twice, the second time with its hash, the one with the hash counts.
  const claims = connection.prepare<[string, string, number, number], ClaimRecord>(`
    SELECT ${claimColumns} WHERE c.pd = ? AND c.dataset = ? AND c.identity IS NOT NULL
      AND ${happenedAt} >= ? AND ${happenedAt} < ?
      AND NOT (c.hashed = 0 AND EXISTS (SELECT 1 FROM claims h
        WHERE h.pd = c.pd AND h.dataset = c.dataset AND h.identity = c.identity AND h.hashed = 1))
    ORDER BY ${happenedAt}, c.key LIMIT ${mostRows}`);
  const arrivals = connection.prepare<[string, string, number, number], { body: string }>(`
    SELECT body FROM arrivals WHERE pd = ? AND dataset = ? AND arrived_at >= ? AND arrived_at < ?
    ORDER BY arrived_at LIMIT ${mostRows}`);
  const tests = connection.prepare<[string, string, number, number], { body: string }>(`
    SELECT body FROM restore_tests WHERE pd = ? AND dataset = ? AND completed_at >= ? AND completed_at < ?
    ORDER BY completed_at LIMIT ${mostRows}`);
  const rolled = connection.prepare<[string, number, number], { at: number }>(`
    SELECT DISTINCT r.starts_at AS at FROM agents a JOIN rollups r ON r.agent = a.key
    WHERE a.pd = ? AND a.token_hash IS NULL AND r.resolution_seconds = 3600 AND r.starts_at >= ? AND r.starts_at < ? ORDER BY at`);
  return {
    claims: async ({ pd, dataset }, fromMs, untilMs) => claims.all(pd, dataset, fromMs, untilMs).map(toClaim),
    arrivals: async ({ pd, dataset }, fromMs, untilMs) =>
      parsed<ArrivalRow>(arrivals.all(pd, dataset, fromMs, untilMs)),
    restoreTests: async ({ pd, dataset }, fromMs, untilMs) =>
      parsed<RestoreTestRow>(tests.all(pd, dataset, fromMs, untilMs)),
    heardHours: async (pd, fromMs, untilMs) => rolled.all(pd, fromMs, untilMs).map(({ at }) => at),
  };
}
