import type { ReportInventory } from '../../shared/report-schema.ts';
import { type DatasetFacts, noDatasetFacts } from '../facts/dataset-facts.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import type { Store } from '../store/store.ts';
import { dayAt } from './backup-history/local-days.ts';
import { type CaseView, referenceTo } from './case-view.ts';
import { noRegisters } from './register-view.ts';
import type { DepartmentSubjectFacts, ValuableView } from './rule.ts';

/** What a department has registered, and what its machines say is on them. */
export async function departmentFacts(
  { config, fleet, registers = noRegisters, nowMs }: CaseView,
  pd: string,
  store: Pick<Store, 'inventoryOf'>,
): Promise<DepartmentSubjectFacts> {
  const { timezone } = config;
  const registered = config.perangkatDaerah.find((known) => known.id === pd);
  const datasets = registered?.datasets ?? [];
  const nodes: DepartmentSubjectFacts['nodes'] = [];
  for (const agent of fleet.agentsOf(pd)) {
    const inventory = await store.inventoryOf(agent.row.key);
    if (inventory === undefined) continue;
    const { valuables = [] } = JSON.parse(inventory.body) as ReportInventory;
    const { node } = agent.row;
    const covered = datasets.filter(
      ({ id, node: named }) => named === node || (named === undefined && mayCover(agent, fleet.dataset(`${pd}/${id}`))),
    );
    nodes.push({
      node,
      valuables: valuables.flatMap((row) => valuableOf(node, row)),
      datasets: covered.map(({ id }) => id),
      record: referenceTo(agent),
    });
  }
  return {
    pd,
    today: dayAt(nowMs, timezone),
    timezone,
    registers,
    isMandiriTik: registered?.mandiriTik ?? false,
    websites: registered?.website === undefined ? [] : [registered.website],
    datasetCount: datasets.length,
    nodes,
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
