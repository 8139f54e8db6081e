import type { Report } from '../../../shared/report-schema.ts';
import type { AgentFacts } from '../../facts/node-facts.ts';
import type { TakenReports, TakenTime } from '../../store/store.ts';
import type { HostEvidence } from './settle-cause.ts';

/** The time in which something was broken, on the collector's clock. */
export interface Window {
  fromMs: number;
  untilMs: number;
}

/** A machine is started when the power is back; the first failed round may be a little before or after it went. */
const slackIntervals = 2;
/** So many intervals without a report and a machine was not heard. */
const gapIntervals = 2.5;

/** When the machine was started, by its own counting of the time since; its clock may be wrong. */
export function bootedAtMs({ present }: AgentFacts): number | undefined {
  return present && present.takenAtMs - present.report.host.uptimeSeconds * 1000;
}

/** Only routers show a token. */
export function isRouter({ row }: AgentFacts): boolean {
  return row.tokenHash !== undefined;
}

export function rebootedWithin(agent: AgentFacts, { fromMs }: Window): boolean {
  const startedMs = bootedAtMs(agent);
  const slackMs = slackIntervals * (agent.present?.report.intervalSeconds ?? 0) * 1000;
  return startedMs !== undefined && startedMs >= fromMs - slackMs;
}

/** @param taken what it took in the window, and a little before. */
export function hostEvidence(agent: AgentFacts, taken: TakenReports, window: Window): HostEvidence {
  const intervalMs = (agent.present?.report.intervalSeconds ?? 0) * 1000;
  const startedMs = bootedAtMs(agent) ?? Infinity;
  // What came in at once was said after it was heard again, unless it was heard all the time.
  const wasHeard = wasHeardThroughout(agent, taken, window);
  const counts = (row: TakenTime) => isWithin(row.takenAtMs, window) && (wasHeard || row.isLate);
  const inside = taken.times.filter(counts);
  // A machine that went on telling after it was cut off had power; whoever started it later had another reason.
  const wasAwake = inside.some(({ takenAtMs }) => takenAtMs > window.fromMs + intervalMs && takenAtMs < startedMs);
  // What it told before the trouble, since it was started, shows that the start is not part of the trouble.
  const wasUpBefore = taken.times.some(({ takenAtMs }) => takenAtMs <= window.fromMs && takenAtMs > startedMs);
  // A router is the gateway: that it was on is all that it can tell.
  const gateway = isRouter(agent)
    ? inside.map(() => 'up' as const)
    : taken.sample.filter(counts).flatMap(gatewayStates);
  return {
    node: agent.row.node,
    rebooted: rebootedWithin(agent, window) && !wasAwake && !wasUpBefore,
    agentRestarted: hasBegunWithin(taken, window),
    reportCount: inside.length,
    gatewayUpCount: gateway.filter((state) => state === 'up').length,
    gatewayDownCount: gateway.filter((state) => state === 'down').length,
  };
}

/** Whether its agent was started anew after the trouble had begun, and told of nothing before: it had not been running. */
function hasBegunWithin({ times }: TakenReports, window: Window): boolean {
  const first = times.find(({ takenAtMs }) => takenAtMs > window.fromMs);
  return first?.isFirst === true && first.takenAtMs <= window.untilMs;
}

/** Whether the machine was heard all the time: then what broke was not between it and the Pusat Data. */
export function wasHeardThroughout(agent: AgentFacts, taken: TakenReports, window: Window): boolean {
  const gapMs = gapIntervals * (agent.present?.report.intervalSeconds ?? 0) * 1000;
  const heard = taken.times.map(({ receivedAtMs }) => receivedAtMs).filter((atMs) => atMs <= window.untilMs);
  let beforeMs = window.fromMs - gapMs;
  for (const atMs of [...heard.toSorted((a, b) => a - b), window.untilMs]) {
    if (atMs - beforeMs > gapMs) return false;
    beforeMs = Math.max(beforeMs, atMs);
  }
  return true;
}

function isWithin(atMs: number, { fromMs, untilMs }: Window): boolean {
  return atMs >= fromMs && atMs <= untilMs;
}

/** What the machine found of its own gateway. */
function gatewayStates({ report }: { report: Report }) {
  return (report.probes ?? []).flatMap(({ layer, node, pd, state }) =>
    layer === 'lan' && node === undefined && pd === undefined ? [state] : [],
  );
}
