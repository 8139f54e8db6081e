import type { OperatorApi } from './operator-api.ts';
import type { SpoolingAgent } from './spooling-agent.ts';
import type { Tally } from './tally.ts';

export interface DeliveryOptions {
  agents: readonly SpoolingAgent[];
  api: OperatorApi;
  tally: Tally;
  /** Accepted reports before the simulation began. */
  acceptedBeforeCount: number;
  /** False when others may report to the same collector. */
  isAlone: boolean;
}

/**
 * Compares what the agents made with what the collector says that it has. No agent can have more accepted than it made,
 * because the collector knows each report by its number; so equal sums mean that every single one is there, once.
 * @returns one sentence for each thing that is wrong.
 */
export async function deliveryProblems(options: DeliveryOptions): Promise<string[]> {
  const { agents, api, tally, isAlone } = options;
  const problems = [...tally.complaints];
  const madeCount = agents.reduce((sum, agent) => sum + agent.madeCount, 0);
  const queuedCount = agents.reduce((sum, agent) => sum + agent.queuedCount, 0);
  const deliveredCount = madeCount - queuedCount;
  const stuck = agents.filter((agent) => agent.isOnline && agent.queuedCount > 0).length;
  if (stuck > 0) problems.push(`${stuck} agents could not empty their spool in time; ${queuedCount} reports wait.`);

  const acceptedCount = ((await api.reportCounts()).get('accepted') ?? 0) - options.acceptedBeforeCount;
  // A report that waits here may be on the collector's disk all the same, when only the answer was lost.
  if (acceptedCount < deliveredCount) {
    problems.push(
      `${deliveredCount - acceptedCount} of ${deliveredCount} acknowledged reports are missing in the collector.`,
    );
  }
  if (isAlone && acceptedCount > madeCount) {
    problems.push(`The collector counts ${acceptedCount} reports, but only ${madeCount} were made.`);
  }
  problems.push(...(await presentProblems(agents, api)));
  return problems;
}

/** The present of each node must be its newest report, whatever order the history came in. */
async function presentProblems(agents: readonly SpoolingAgent[], api: OperatorApi): Promise<string[]> {
  const shownAtMs = new Map(
    (await api.rows('nodes')).map((row) => [row['agent'], Date.parse(String(row['lastReportAt']))]),
  );
  const wrong = agents.filter(({ member, isOnline, queuedCount, newestTakenAtMs }) => {
    if (!isOnline || queuedCount > 0 || newestTakenAtMs === undefined) return false;
    const seconds = Math.floor(newestTakenAtMs / 1000);
    return Math.floor((shownAtMs.get(member.agent.id) ?? Number.NaN) / 1000) !== seconds;
  });
  const [first] = wrong;
  if (first === undefined) return [];
  const { pd, node } = first.member.agent;
  return [`The API does not show the newest report of ${wrong.length} nodes, the first of them ${pd}/${node}.`];
}
