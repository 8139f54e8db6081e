import type { Layer, State } from '../../../shared/states.ts';
import type { FactChanges } from '../store.ts';
import type { NetworkRow } from '../network-rows.ts';
import type { InventoryRow, LinkRow } from '../rows.ts';
import { createClaimsTable } from './claims.ts';
import type { Connection } from './open.ts';
import { createTrafficTable } from './traffic.ts';
import { createPathsTable } from './paths.ts';
import { createVaultTables } from './vaults.ts';

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
  /** JSON of `LinkDetail`; null in rows from before there was any. */
  detail: string | null;
}

type LinkDetail = Partial<
  Pick<LinkRow, 'node' | 'lastUpAtMs' | 'everySeconds' | 'unstableSinceMs' | 'httpStatus' | 'certificate'>
>;

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
  ...detailOf(record.detail),
});

function detailOf(text: string | null): Required<LinkDetail> {
  const { node, lastUpAtMs, everySeconds, unstableSinceMs, httpStatus, certificate } =
    text === null ? {} : (JSON.parse(text) as LinkDetail);
  return { node, lastUpAtMs, everySeconds, unstableSinceMs, httpStatus, certificate };
}

function prepareStatements(connection: Connection) {
  return {
    saveLink: connection.prepare(`
    INSERT INTO links (prober, probe, pd, site, layer, kind, target, state, since, reason, last_round_at, detail)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (prober, probe) DO UPDATE SET pd = excluded.pd, site = excluded.site, layer = excluded.layer,
      kind = excluded.kind, target = excluded.target, state = excluded.state, since = excluded.since,
      reason = excluded.reason, last_round_at = excluded.last_round_at, detail = excluded.detail`),
    dropLink: connection.prepare('DELETE FROM links WHERE prober = ? AND probe = ?'),
    saveInventory: connection.prepare(`
    INSERT INTO inventories (agent, taken_at, body) VALUES (?, ?, ?)
    ON CONFLICT (agent) DO UPDATE SET taken_at = excluded.taken_at, body = excluded.body
    WHERE excluded.taken_at > taken_at`),
    saveNetwork: connection.prepare(`
    INSERT INTO networks (agent, taken_at, body) VALUES (?, ?, ?)
    ON CONFLICT (agent) DO UPDATE SET taken_at = excluded.taken_at, body = excluded.body
    WHERE excluded.taken_at > taken_at`),
    networks: connection.prepare<[], NetworkRow>('SELECT agent AS agentKey, taken_at AS takenAtMs, body FROM networks'),
    links: connection.prepare<[], LinkRecord>('SELECT * FROM links'),
    inventory: connection.prepare<[number], InventoryRow>(
      'SELECT agent AS agentKey, taken_at AS takenAtMs, body FROM inventories WHERE agent = ?',
    ),
  };
}

export function createFactTables(connection: Connection) {
  const sql = prepareStatements(connection);
  const claims = createClaimsTable(connection);
  const vaults = createVaultTables(connection);
  const traffic = createTrafficTable(connection);
  const paths = createPathsTable(connection);

  const keepLink = (row: LinkRow): void => {
    const { proberKey, probe, pd, site, layer, kind, target, state, sinceMs, reason, lastRoundAtMs } = row;
    const { node, lastUpAtMs, everySeconds, unstableSinceMs, httpStatus, certificate } = row;
    const detail: LinkDetail = { node, lastUpAtMs, everySeconds, unstableSinceMs, httpStatus, certificate };
    const judged = [state, sinceMs, reason ?? null, lastRoundAtMs] as const;
    sql.saveLink.run(proberKey, probe, pd, site, layer, kind, target, ...judged, JSON.stringify(detail));
  };

  return {
    /** Only inside a transaction. */
    keep(changes: FactChanges, atMs: number): void {
      for (const row of changes.links) keepLink(row);
      for (const gone of changes.removedLinks) sql.dropLink.run(gone.proberKey, gone.probe);
      for (const row of changes.claims) claims.keep(row);
      for (const row of changes.looks) claims.keepLook(row);
      vaults.keep(changes);
      traffic.keep(changes.traffic, atMs);
      for (const row of changes.inventories) sql.saveInventory.run(row.agentKey, row.takenAtMs, row.body);
      for (const row of changes.networks) sql.saveNetwork.run(row.agentKey, row.takenAtMs, row.body);
      for (const row of changes.paths) paths.keep(row);
    },
    paths,
    networks: (): NetworkRow[] => sql.networks.all(),
    links: (): LinkRow[] => sql.links.all().map(toLink),
    claims: claims.current,
    traffic,
    arrivals: vaults.arrivals,
    holdings: vaults.holdings,
    vaultScans: vaults.scans,
    restoreTests: vaults.restoreTests,
    inventory: (agentKey: number): InventoryRow | undefined => sql.inventory.get(agentKey),
  };
}
