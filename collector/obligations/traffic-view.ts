import type { ReportReference } from '../../shared/evidence.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import { hourMs } from '../facts/traffic-hour.ts';
import { slotsIn, totalsOf } from '../facts/traffic-totals.ts';
import { approvalOf, endedApprovalOf } from './bandwidth-approval.ts';
import { type CaseView, referenceTo } from './case-view.ts';
import type { TrafficView } from './rule.ts';

const windowMs = 24 * hourMs;
/** The last quarter of an hour that is whole: three slots, and the one that is still being filled. */
const recentMs = 20 * 60_000;
/** From this share of the approval a slot counts as saturated; our number. */
export const saturatedFrom = 0.95;

/** The use of a site's WAN in the last day; undefined when nothing of it was measured then. */
export function trafficView(view: Omit<CaseView, 'startedAtMs'>, pd: string, siteId: string): TrafficView | undefined {
  const { config, fleet, nowMs } = view;
  const traffic = fleet.routers.traffic(`${pd}/${siteId}`);
  if (traffic === undefined) return undefined;
  const site = config.perangkatDaerah.find((known) => known.id === pd)?.sites.find((known) => known.id === siteId);
  const approval = approvalOf(pd, site, view);
  const totals = totalsOf(traffic.hours, { fromMs: nowMs - windowMs, untilMs: nowMs }, { approval, saturatedFrom });
  if (totals.slotCount === 0) return undefined;
  return {
    approval,
    endedApproval: endedApprovalOf(pd, siteId, view),
    totals,
    recent: slotsIn(traffic.hours, nowMs - recentMs, nowMs).slice(-3),
    record: traffic.record ?? newestOf(traffic.readers, fleet),
  };
}

/** Right after a start nothing was read yet; whoever reads the router has told of itself before. */
function newestOf(readers: readonly number[], fleet: Pick<Fleet, 'agents'>): ReportReference | undefined {
  let newest: AgentFacts | undefined;
  for (const agent of fleet.agents()) {
    if (agent.present === undefined || !readers.includes(agent.row.key)) continue;
    if (agent.present.receivedAtMs > (newest?.present?.receivedAtMs ?? -Infinity)) newest = agent;
  }
  return newest && referenceTo(newest);
}
