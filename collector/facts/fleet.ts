import { importPublicKey } from '../../shared/signing.ts';
import type { Report } from '../../shared/report-schema.ts';
import { noFactChanges } from '../store/no-changes.ts';
import type { AcceptedPlace, FactChanges } from '../store/store.ts';
import type { PathRow } from '../store/path-rows.ts';
import type { NetworkRow } from '../store/network-rows.ts';
import type { AgentRow, ClaimRow, LinkRow, ReportBatch, VaultScanRow } from '../store/rows.ts';
import { nextLinks, restoredLink } from './agent-links.ts';
import { type BackupFacts, createBackupFacts, type KeptBackupEvidence } from './backup-facts.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { dayNames } from './day-names.ts';
import { evidenceOfReport } from './evidence-of-report.ts';
import type { LinkFacts } from './link-facts.ts';
import { type AgentFacts, type Present, presentSinceMs, staleAfterMs } from './node-facts.ts';
import { createNetworkBook, type NetworkBook } from './network-book.ts';
import { createRouterBook, type RouterBook } from './router-facts.ts';
import type { TrafficRow } from './traffic-facts.ts';
import { createPathBook, type PathBook, type PathFacts } from './path-facts.ts';
import { noTouchedFacts, type TouchedFacts } from './touched-facts.ts';
import type { VaultFacts } from './vault-facts.ts';

/** A batch together with its parsed reports, in the same order as `batch.reports`. */
export interface ParsedBatch {
  batch: ReportBatch;
  reports: Report[];
}

/** Facts worked out for a commit that is not yet on disk. */
export interface StagedFacts {
  changes: FactChanges;
  /** To be called once the commit is on disk, and only then. */
  apply(): TouchedFacts;
}

/** What the store kept, to rebuild the present after a start. */
export interface KeptFacts extends KeptBackupEvidence {
  links: LinkRow[];
  presents: Map<number, Present>;
  networks: NetworkRow[];
  traffic: TrafficRow[];
  paths: PathRow[];
}

/** What the collector knows now, in memory; the store holds what is needed to rebuild it. */
export interface Fleet {
  agent(id: string): AgentFacts | undefined;
  agents(): Iterable<AgentFacts>;
  agentsOf(pd: string): AgentFacts[];
  /** Agents at the Pusat Data that probe the sites from there. */
  vantages(): AgentFacts[];
  /** Agents that read vaults. */
  readers(): AgentFacts[];
  /** @param name `<pd>/<dataset>`. */
  dataset(name: string): DatasetFacts | undefined;
  /** What readers and restore tests tell of a dataset. @param name `<pd>/<dataset>`. */
  inVaults(name: string): VaultFacts | undefined;
  vaultScan(vault: string): VaultScanRow | undefined;
  /** Routers that agents read, and the traffic of their WAN interfaces. */
  readonly routers: Pick<RouterBook, 'of' | 'all' | 'traffic'>;
  /** Which way the reports of an agent take. @param agent its id. */
  path(agent: string): PathFacts | undefined;
  readonly networks: Pick<NetworkBook, 'of' | 'revision'>;
  /** Adds an agent, or moves a known one to where it now belongs. */
  addAgent(row: AgentRow): AgentFacts;
  /** Puts back what the store kept, after a start. */
  restore(kept: KeptFacts): void;
  stage(batches: ParsedBatch[], accepted: AcceptedPlace[]): StagedFacts;
  /** What the collector heard at a ping address. @returns what must be kept, and how to take it over. */
  stageClaim(claim: ClaimRow): StagedFacts;
}

export interface FleetOptions {
  /** Whether a department has such a dataset; claims about others are nobody's, and not kept. */
  isDataset?: (pd: string, dataset: string) => boolean;
  timezone?: () => string;
}

export function createFleet({ isDataset = () => true, timezone = () => 'UTC' }: FleetOptions = {}): Fleet {
  const agents = new Map<string, AgentFacts>();
  const byKey = new Map<number, string>();
  const backups = createBackupFacts(isDataset);
  const routers = createRouterBook();
  const paths = createPathBook(dayNames(timezone));
  const idsByPd = new Map<string, Set<string>>();
  const vantageIds = new Set<string>();
  const readerIds = new Set<string>();
  const networks = createNetworkBook();

  function addAgent(row: AgentRow): AgentFacts {
    const known = agents.get(row.id);
    if (known !== undefined) idsByPd.get(known.row.pd)?.delete(row.id);
    const isMoved = known !== undefined && (known.row.pd !== row.pd || known.row.site !== row.site);
    const facts: AgentFacts = {
      row,
      publicKey: known?.publicKey ?? (row.publicKey === undefined ? undefined : importPublicKey(row.publicKey)),
      present: known?.present,
      // What it found where it was says nothing about where it is now.
      links: known === undefined || isMoved ? new Map() : known.links,
    };
    networks.noteAgent(row, isMoved);
    agents.set(row.id, facts);
    byKey.set(row.key, row.id);
    idsByPd.set(row.pd, (idsByPd.get(row.pd) ?? new Set()).add(row.id));
    if (row.roles.includes('vantage')) vantageIds.add(row.id);
    else vantageIds.delete(row.id);
    if (row.roles.includes('vault')) readerIds.add(row.id);
    else readerIds.delete(row.id);
    return facts;
  }

  return {
    agent: (id) => agents.get(id),
    agents: () => agents.values(),
    agentsOf: (pd) => agentsNamed(agents, idsByPd.get(pd) ?? []),
    vantages: () => agentsNamed(agents, vantageIds),
    readers: () => agentsNamed(agents, readerIds),
    dataset: backups.dataset,
    inVaults: backups.inVaults,
    vaultScan: backups.vaultScan,
    routers,
    path: paths.of,
    addAgent,
    restore(kept) {
      restoreAgents(agents, byKey, kept);
      backups.restore(kept);
      routers.restore(agents.values(), kept.traffic);
      paths.restore(kept.paths, agents.values());
      networks.restore(kept.networks);
    },
    networks,
    stage: (batches, accepted) => stageReports({ agents, backups, routers, paths, networks }, batches, accepted),
    stageClaim: (claim) => stageClaim(backups, claim),
  };
}

function restoreAgents(agents: Map<string, AgentFacts>, byKey: ReadonlyMap<number, string>, kept: KeptFacts): void {
  const links = new Map<number, Map<string, LinkFacts>>();
  for (const row of kept.links) {
    const own = links.get(row.proberKey) ?? new Map<string, LinkFacts>();
    links.set(row.proberKey, own.set(row.probe, restoredLink(row, kept.presents.get(row.proberKey))));
  }
  for (const [key, id] of byKey) {
    const agent = agents.get(id);
    if (agent !== undefined) {
      agents.set(id, { ...agent, present: kept.presents.get(key), links: links.get(key) ?? new Map() });
    }
  }
}

function agentsNamed(agents: ReadonlyMap<string, AgentFacts>, ids: Iterable<string>): AgentFacts[] {
  const found: AgentFacts[] = [];
  for (const id of ids) {
    const agent = agents.get(id);
    if (agent !== undefined) found.push(agent);
  }
  return found;
}

interface Held {
  agents: Map<string, AgentFacts>;
  backups: BackupFacts;
  routers: RouterBook;
  paths: PathBook;
  networks: NetworkBook;
}

function stageClaim(backups: BackupFacts, claim: ClaimRow): StagedFacts {
  const changes = noFactChanges();
  const touched = noTouchedFacts();
  const staging = backups.stage(changes, touched.datasets);
  staging.add({ claims: [claim], arrivals: [], holdings: [], vaultScans: [], restoreTests: [] });
  return {
    changes,
    apply() {
      staging.apply();
      return touched;
    },
  };
}

function stageReports(held: Held, batches: ParsedBatch[], accepted: AcceptedPlace[]): StagedFacts {
  const changes = noFactChanges();
  const agents = new Map<string, AgentFacts>();
  const touched = noTouchedFacts();
  const staging = held.backups.stage(changes, touched.datasets);
  const networkStaging = held.networks.stage(changes);
  const routerStaging = held.routers.stage(changes, touched.sites);

  function stageOne({ batch, place }: AcceptedPlace): void {
    const parsed = batches[batch];
    const report = parsed?.reports[place];
    const timing = parsed?.batch.reports[place];
    if (parsed === undefined || report === undefined || timing === undefined) return;
    const agent = agents.get(parsed.batch.agent) ?? held.agents.get(parsed.batch.agent);
    if (agent === undefined) return;
    staging.add(evidenceOfReport(agent.row, report, timing.takenAtMs));
    if (report.inventory !== undefined) {
      const body = JSON.stringify(report.inventory);
      touched.departments.add(agent.row.pd);
      changes.inventories.push({ agentKey: agent.row.key, takenAtMs: timing.takenAtMs, body });
    }
    // Late data repairs history, never the present (promise 4).
    const isPresent = !timing.late && timing.takenAtMs > presentSinceMs(agent, parsed.batch.receivedAtMs);
    routerStaging.add(agent.row, report, timing.takenAtMs);
    if (!isPresent) return;
    networkStaging.add(agent.row, report, timing.takenAtMs);
    const links = nextLinks(agent, report, timing.takenAtMs, changes);
    for (const link of [...agent.links.values(), ...links.values()]) touched.sites.add(`${link.pd}/${link.site}`);
    agents.set(agent.row.id, {
      ...agent,
      present: presentOf(report, parsed.batch, timing.takenAtMs, agent.present),
      links,
    });
    touched.agents.add(agent.row.id);
    touched.sites.add(`${agent.row.pd}/${agent.row.site}`);
  }

  const inOrder = inOrderOfTime(batches, accepted);
  for (const place of inOrder) stageOne(place);
  touchOwners(changes, touched);
  const paths = held.paths.stage({ batches, accepted: inOrder, agentOf: (id) => held.agents.get(id)?.row });
  changes.paths = paths.rows;
  for (const site of paths.sites) touched.sites.add(site);
  // A link that was dropped may have come back within the same commit.
  const isBack = (gone: { proberKey: number; probe: string }) =>
    [...agents.values()].some(({ row, links }) => row.key === gone.proberKey && links.has(gone.probe));
  changes.removedLinks = changes.removedLinks.filter((gone) => !isBack(gone));
  return {
    changes,
    apply() {
      for (const [id, agent] of agents) held.agents.set(id, agent);
      paths.apply();
      staging.apply();
      networkStaging.apply();
      routerStaging.apply();
      return touched;
    },
  };
}

/** A website is its department's, and stands at none of its sites. */
function touchOwners({ links }: FactChanges, { departments }: TouchedFacts): void {
  for (const { layer, pd } of links) if (layer === 'website') departments.add(pd);
}

/** Rounds must be counted in the order in which they happened, whatever order a draining spool sends. */
function inOrderOfTime(batches: ParsedBatch[], accepted: AcceptedPlace[]): AcceptedPlace[] {
  if (accepted.length < 2) return accepted;
  const time = ({ batch, place }: AcceptedPlace) => batches[batch]?.batch.reports[place]?.takenAtMs ?? 0;
  return accepted.toSorted((a, b) => time(a) - time(b));
}

function presentOf(report: Report, batch: ReportBatch, takenAtMs: number, before: Present | undefined): Present {
  const isContinued = before !== undefined && batch.receivedAtMs < before.staleAtMs;
  return {
    report,
    takenAtMs,
    receivedAtMs: batch.receivedAtMs,
    remoteAddress: batch.remoteAddress,
    clockOffsetSeconds: (batch.receivedAtMs - batch.sentAtMs) / 1000,
    freshSinceMs: isContinued ? before.freshSinceMs : batch.receivedAtMs,
    staleAtMs: batch.receivedAtMs + staleAfterMs(report.intervalSeconds),
  };
}
