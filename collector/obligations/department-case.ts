import type { ReportInventory } from '../../shared/report-schema.ts';
import type { PerangkatDaerah } from '../config/schema.ts';
import { websitesOf, websiteTexts } from '../config/websites-of.ts';
import { type DatasetFacts, noDatasetFacts } from '../facts/dataset-facts.ts';
import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import type { InventoryRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { dayAt } from './backup-history/local-days.ts';
import { type CaseView, referenceTo } from './case-view.ts';
import { linkViewsOf } from './link-views.ts';
import { machineView } from './machine-view.ts';
import { seenBest } from './network/wan-state.ts';
import { noRegisters } from './register-view.ts';
import type { DepartmentSubjectFacts, ValuableView, WebsiteView } from './rule.ts';

/** What a department has registered, and what its machines say is on them. */
export async function departmentFacts(
  view: CaseView,
  pd: string,
  store: Pick<Store, 'inventoryOf'>,
): Promise<DepartmentSubjectFacts> {
  const { config, fleet, registers = noRegisters, nowMs } = view;
  const { timezone } = config;
  const registered = config.perangkatDaerah.find((known) => known.id === pd);
  const nodes: DepartmentSubjectFacts['nodes'] = [];
  const machines: DepartmentSubjectFacts['measured']['machines'] = [];
  for (const agent of fleet.agentsOf(pd)) {
    const inventory = await store.inventoryOf(agent.row.key);
    if (agent.row.revokedAtMs === undefined) machines.push(machineView(view, agent, inventory));
    if (inventory !== undefined) nodes.push(nodeView(view, agent, inventory, registered?.datasets ?? []));
  }
  const websites = registered?.website === false ? 'none' : websiteViews(view, registered);
  return {
    pd,
    today: dayAt(nowMs, timezone),
    timezone,
    registers,
    isMandiriTik: registered?.mandiriTik ?? false,
    websites: websiteTexts(registered?.website),
    lanOperator: registered?.lanOperator,
    measured: { machines, websites, vantageCount: fleet.vantages().length },
    datasetCount: registered?.datasets.length ?? 0,
    nodes,
  };
}

function nodeView(
  { fleet }: CaseView,
  agent: AgentFacts,
  inventory: InventoryRow,
  datasets: PerangkatDaerah['datasets'],
): DepartmentSubjectFacts['nodes'][number] {
  const { valuables = [] } = JSON.parse(inventory.body) as ReportInventory;
  const { node, pd } = agent.row;
  const covered = datasets.filter(
    ({ id, node: named }) => named === node || (named === undefined && mayCover(agent, fleet.dataset(`${pd}/${id}`))),
  );
  return {
    node,
    valuables: valuables.flatMap((row) => valuableOf(node, row)),
    datasets: covered.map(({ id }) => id),
    record: referenceTo(agent),
  };
}

/** A dataset that names no node is backed up by whoever claims it; until somebody did, by any. */
function mayCover({ row }: AgentFacts, facts: DatasetFacts | undefined): boolean {
  const { successes, failures, starts } = facts ?? noDatasetFacts;
  const claims = [...successes, ...failures, ...starts];
  return claims.length === 0 || claims.some(({ agentKey }) => agentKey === row.key);
}

function valuableOf(node: string, row: NonNullable<ReportInventory['valuables']>[number]): ValuableView[] {
  const { kind, name, path } = row;
  if (typeof kind !== 'string' || typeof name !== 'string') return [];
  return [{ node, kind, name, path: typeof path === 'string' ? path : undefined }];
}

/** Only the agents at the Pusat Data look at websites, and each of them at all. */
function websiteViews({ fleet, nowMs }: CaseView, department: PerangkatDaerah | undefined): WebsiteView[] {
  if (department === undefined) return [];
  return websitesOf(department).map(({ host, place }) => {
    const links = fleet
      .vantages()
      .flatMap((agent) => linkViewsOf(agent, isFresh(agent, nowMs)).get(`${department.id}/${place}`) ?? [])
      .filter(({ layer, target }) => layer === 'website' && target === host);
    const best = seenBest(links);
    if (best === undefined) return { host, place, seen: undefined };
    const { state, sinceMs, lastUpAtMs, lastRoundAtMs, reason, record } = best;
    return { host, place, seen: { state, sinceMs, lastUpAtMs, lastRoundAtMs, reason, record } };
  });
}
