import type { Layer, State } from '../../../shared/states.ts';
import type { FactChanges } from '../store.ts';
import type { ClaimRow, InventoryRow, LinkRow } from '../rows.ts';
import { currentClaimKeys } from './current-claims.ts';
import type { Connection } from './open.ts';

interface LinkRecord {
  prober: number;
  probe: string;
  pd: string;
  site: string;
  layer: Layer;
  kind: string;
  target: string;
  state: State;
  since: number;
  reason: string | null;
  last_round_at: number;
}

interface ClaimRecord {
  pd: string;
  dataset: string;
  agent: number;
  agent_id: string;
  source: string;
  outcome: ClaimRow['outcome'];
  reason: string | null;
  object_name: string | null;
  completed_at: number | null;
  size_bytes: number | null;
  sha256: string | null;
  observed_at: number;
  session: string;
  seq: number;
}

const toLink = (record: LinkRecord): LinkRow => ({
  proberKey: record.prober,
  probe: record.probe,
  pd: record.pd,
  site: record.site,
  layer: record.layer,
  kind: record.kind,
  target: record.target,
  state: record.state,
  sinceMs: record.since,
  reason: record.reason ?? undefined,
  lastRoundAtMs: record.last_round_at,
});

const toClaim = (record: ClaimRecord): ClaimRow => ({
  pd: record.pd,
  dataset: record.dataset,
  agentKey: record.agent,
  source: record.source,
  outcome: record.outcome,
  reason: record.reason ?? undefined,
  objectName: record.object_name ?? undefined,
  completedAtMs: record.completed_at ?? undefined,
  sizeBytes: record.size_bytes ?? undefined,
  sha256: record.sha256 ?? undefined,
  observedAtMs: record.observed_at,
  record: { agent: record.agent_id, session: record.session, seq: record.seq },
});

function prepareStatements(connection: Connection) {
  return {
    saveLink: connection.prepare(`
    INSERT INTO links (prober, probe, pd, site, layer, kind, target, state, since, reason, last_round_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (prober, probe) DO UPDATE SET pd = excluded.pd, site = excluded.site, layer = excluded.layer,
      kind = excluded.kind, target = excluded.target, state = excluded.state, since = excluded.since,
      reason = excluded.reason, last_round_at = excluded.last_round_at`),
    dropLink: connection.prepare('DELETE FROM links WHERE prober = ? AND probe = ?'),
    addClaim: connection.prepare(`
    INSERT INTO claims (pd, dataset, agent, source, outcome, reason, object_name, completed_at, size_bytes, sha256,
      observed_at, session, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    saveInventory: connection.prepare(`
    INSERT INTO inventories (agent, taken_at, body) VALUES (?, ?, ?)
    ON CONFLICT (agent) DO UPDATE SET taken_at = excluded.taken_at, body = excluded.body
    WHERE excluded.taken_at > taken_at`),
    links: connection.prepare<[], LinkRecord>('SELECT * FROM links'),
    claims: connection.prepare<[], ClaimRecord>(`
    SELECT c.*, a.id AS agent_id FROM claims c JOIN agents a ON a.key = c.agent
    WHERE c.key IN (${currentClaimKeys()}) ORDER BY c.observed_at`),
    inventory: connection.prepare<[number], InventoryRow>(
      'SELECT agent AS agentKey, taken_at AS takenAtMs, body FROM inventories WHERE agent = ?',
    ),
  };
}

export function createFactTables(connection: Connection) {
  const sql = prepareStatements(connection);

  const keepLink = (row: LinkRow): void => {
    const { proberKey, probe, pd, site, layer, kind, target, state, sinceMs, reason, lastRoundAtMs } = row;
    sql.saveLink.run(proberKey, probe, pd, site, layer, kind, target, state, sinceMs, reason ?? null, lastRoundAtMs);
  };
  const keepClaim = (row: ClaimRow): void => {
    sql.addClaim.run(
      row.pd,
      row.dataset,
      row.agentKey,
      row.source,
      row.outcome,
      row.reason ?? null,
      row.objectName ?? null,
      row.completedAtMs ?? null,
      row.sizeBytes ?? null,
      row.sha256 ?? null,
      row.observedAtMs,
      row.record.session,
      row.record.seq,
    );
  };

  return {
    /** Only inside a transaction. */
    keep(changes: FactChanges): void {
      for (const row of changes.links) keepLink(row);
      for (const gone of changes.removedLinks) sql.dropLink.run(gone.proberKey, gone.probe);
      for (const row of changes.claims) keepClaim(row);
      for (const row of changes.inventories) sql.saveInventory.run(row.agentKey, row.takenAtMs, row.body);
    },
    links: (): LinkRow[] => sql.links.all().map(toLink),
    claims: (): ClaimRow[] => sql.claims.all().map(toClaim),
    inventory: (agentKey: number): InventoryRow | undefined => sql.inventory.get(agentKey),
  };
}
