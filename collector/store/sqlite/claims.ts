import { claimIdentity } from '../../facts/claim-identity.ts';
import type { ClaimRow } from '../rows.ts';
import { currentClaimKeys } from './current-claims.ts';
import type { Connection } from './open.ts';

export interface ClaimRecord {
  pd: string;
  dataset: string;
  agent: number;
  agent_id: string | null;
  source: string;
  outcome: ClaimRow['outcome'];
  reason: string | null;
  run_id: string | null;
  object_name: string | null;
  object_id: string | null;
  repository_id: string | null;
  started_at: number | null;
  completed_at: number | null;
  said_completed_at: number | null;
  size_bytes: number | null;
  file_count: number | null;
  sha256: string | null;
  exit_code: number | null;
  last_lines: string | null;
  observed_at: number;
  session: string;
  seq: number;
}

/** Evidence that the collector heard itself, at a ping address, is named like this instead of by an agent. */
export const pingAgentName = 'ping';

export const claimColumns = `c.*, a.id AS agent_id FROM claims c LEFT JOIN agents a ON a.key = c.agent`;

export function toClaim(record: ClaimRecord): ClaimRow {
  return {
    pd: record.pd,
    dataset: record.dataset,
    agentKey: record.agent,
    source: record.source,
    outcome: record.outcome,
    reason: record.reason ?? undefined,
    runId: record.run_id ?? undefined,
    objectName: record.object_name ?? undefined,
    objectId: record.object_id ?? undefined,
    repositoryId: record.repository_id ?? undefined,
    startedAtMs: record.started_at ?? undefined,
    completedAtMs: record.completed_at ?? undefined,
    saidCompletedAtMs: record.said_completed_at ?? undefined,
    sizeBytes: record.size_bytes ?? undefined,
    fileCount: record.file_count ?? undefined,
    sha256: record.sha256 ?? undefined,
    exitCode: record.exit_code ?? undefined,
    lastLines: record.last_lines === null ? [] : (JSON.parse(record.last_lines) as string[]),
    observedAtMs: record.observed_at,
    record: { agent: record.agent_id ?? pingAgentName, session: record.session, seq: record.seq },
  };
}

const columns = [
  'pd, dataset, agent, source, outcome, reason, run_id, object_name, object_id, repository_id, started_at',
  'completed_at, said_completed_at, size_bytes, file_count, sha256, exit_code, last_lines, observed_at, session, seq',
  'identity, hashed',
].join(', ');

/** What the claim says that saw it first; the others only fill in what took time to work out. */
const ofFirstWitness = [
  'outcome reason run_id object_name object_id repository_id exit_code last_lines',
  'started_at completed_at said_completed_at session seq observed_at',
]
  .join(' ')
  .split(' ');

export function createClaimsTable(connection: Connection) {
  const add = connection.prepare(
    `INSERT INTO claims (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')}) ON CONFLICT DO UPDATE SET
      size_bytes = coalesce(size_bytes, excluded.size_bytes), file_count = coalesce(file_count, excluded.file_count),
      ${ofFirstWitness.map((name) => `${name} = iif(excluded.observed_at < observed_at, excluded.${name}, ${name})`).join(', ')}`,
  );
  const current = connection.prepare<[], ClaimRecord>(
    `SELECT ${claimColumns} WHERE c.key IN (${currentClaimKeys()}) ORDER BY c.observed_at`,
  );

  function keep(row: ClaimRow, identity: string | null): void {
    const { pd, dataset, agentKey, source, outcome, lastLines } = row;
    const what = [row.reason, row.runId, row.objectName, row.objectId, row.repositoryId, row.startedAtMs];
    const found = [row.completedAtMs, row.saidCompletedAtMs, row.sizeBytes, row.fileCount, row.sha256, row.exitCode];
    add.run(
      pd,
      dataset,
      agentKey,
      source,
      outcome,
      ...[...what, ...found].map((value) => value ?? null),
      lastLines.length === 0 ? null : JSON.stringify(lastLines),
      row.observedAtMs,
      row.record.session,
      row.record.seq,
      identity,
      row.sha256 === undefined ? 0 : 1,
    );
  }

  return {
    /** Only inside a transaction. */
    keep: (row: ClaimRow): void => keep(row, claimIdentity(row)),
    /** Only inside a transaction. */
    keepLook: (row: ClaimRow): void => keep(row, null),
    current: (): ClaimRow[] => current.all().map(toClaim),
  };
}
