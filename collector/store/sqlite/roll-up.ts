import type { LinkDays } from './link-days.ts';
import { createBodyMerge, type Merged } from './merge-bodies.ts';
import type { Connection } from './open.ts';
import { createProgress } from './progress.ts';

/** How far a turn over all agents looks ahead, so that finding whose bodies there are is short too. */
const bodiesPerTurn = 10_000;
/** Agents of which everything is merged already are passed over so many at a time. */
const agentsPerLook = 100;

function prepareStatements(connection: Connection) {
  return {
    firstAfter: connection.prepare<[number], { key: number; received_at: number }>(
      'SELECT key, received_at FROM bodies WHERE key > ? ORDER BY key LIMIT 1',
    ),
    newestBefore: connection.prepare<[number], { key: number }>(
      'SELECT key FROM bodies WHERE received_at < ? ORDER BY received_at DESC, key DESC LIMIT 1',
    ),
    bodiesIn: connection.prepare<[number, number, number], { key: number; agent: number }>(
      'SELECT key, agent FROM bodies WHERE key > ? AND key <= ? ORDER BY key LIMIT ?',
    ),
    /** Of some agents, given as a JSON list. */
    bodiesOf: connection.prepare<[number, string, number], { key: number; agent: number }>(`
    SELECT key, agent FROM bodies WHERE key > ? AND agent IN (SELECT value FROM json_each(?)) ORDER BY key LIMIT ?`),
    mergedThrough: connection.prepare<[number], { rolled_through: number }>(
      'SELECT rolled_through FROM agents WHERE key = ?',
    ),
  };
}

type Statements = ReturnType<typeof prepareStatements>;

/**
 * Hourly buckets and days of links from raw reports. The bodies of an agent are merged in the order in which they came.
 * Two marks make it exact: each agent's own, moved in the transaction that merges, and a common one below which every
 * body is merged.
 */
export function createRollUp(connection: Connection, linkDays: LinkDays) {
  const sql = prepareStatements(connection);
  const progress = createProgress(connection, 'rolled-through');
  const mergeSome = createMergeSome(sql, createBodyMerge(connection, linkDays));

  /** What is still to do below `target`, by agent; memory of one process, rebuilt from the marks after a restart. */
  let target = 0;
  let waiting: Waiting[] = [];

  function startTurn(receivedBeforeMs: number): boolean {
    if (target > progress.get()) progress.set(target);
    target = 0;
    const done = progress.get();
    const first = sql.firstAfter.get(done);
    if (first === undefined) return false;
    // The clock may have been set back: what follows an old body in the order of arrival counts as old too.
    const newest = Math.max(
      sql.newestBefore.get(receivedBeforeMs)?.key ?? 0,
      first.received_at < receivedBeforeMs ? first.key : 0,
    );
    const bodies = sql.bodiesIn.all(done, newest, bodiesPerTurn);
    target = bodies.at(-1)?.key ?? 0;
    // What others have merged of it is left out when its agent's turn comes.
    waiting = byAgent(bodies);
    return target > 0;
  }

  const rollUpOne = connection.transaction((receivedBeforeMs: number): number | undefined => {
    if (waiting.length === 0 && !startTurn(receivedBeforeMs)) return undefined;
    for (let looked = 0; looked < agentsPerLook; looked += 1) {
      const next = waiting.at(-1);
      if (next === undefined) break;
      const { reportCount } = mergeSome(next, waiting);
      if (reportCount > 0) return reportCount;
    }
    // All of it was merged before a restart.
    if (waiting.length === 0) progress.set(target);
    return 0;
  }).immediate;

  return {
    rollUpOne(receivedBeforeMs: number): number | undefined {
      try {
        return rollUpOne(receivedBeforeMs);
      } catch (error) {
        // What was rolled back is still to do: start again from the marks.
        target = 0;
        waiting = [];
        throw error;
      }
    },
    catchUp: createCatchUp(connection, mergeSome, (agentKeys) =>
      sql.bodiesOf.all(progress.get(), JSON.stringify(agentKeys), bodiesPerTurn),
    ),
  };
}

/** A transaction of `catchUp` stops here; a report weighs as much as a hundred rounds. */
const weightPerTransaction = 100;
const roundWeight = 0.01;

/** Merges what some agents have sent, in whatever order the roll-up would come to it. */
function createCatchUp(
  connection: Connection,
  mergeSome: MergeSome,
  bodiesOf: (agentKeys: readonly number[]) => { key: number; agent: number }[],
) {
  const mergeMany = connection.transaction((list: Waiting[]): void => {
    let weight = 0;
    for (let next = list.at(-1); next !== undefined && weight < weightPerTransaction; next = list.at(-1)) {
      const { reportCount, roundCount } = mergeSome(next, list);
      weight += reportCount + roundCount * roundWeight;
    }
  }).immediate;

  return async function catchUp(agentKeys: readonly number[]): Promise<void> {
    const list = byAgent(bodiesOf(agentKeys));
    while (list.length > 0) {
      mergeMany(list);
      await new Promise((next) => setImmediate(next));
    }
  };
}

type MergeSome = (next: Waiting, list: Waiting[]) => Merged;

/** Merges some bodies of the last of a list, and takes it out of the list when it is done. */
function createMergeSome(sql: Statements, mergeBodies: ReturnType<typeof createBodyMerge>): MergeSome {
  return (next, list) => {
    const bodies = unmerged(sql, next);
    const merged =
      bodies.length === 0 ? { reportCount: 0, roundCount: 0, rest: bodies } : mergeBodies(next.agent, bodies);
    if (merged.rest.length === 0) list.pop();
    else next.bodies = merged.rest;
    return merged;
  };
}

/** Bodies of one agent that may not be merged yet, in the order in which they came. */
interface Waiting {
  agent: number;
  bodies: number[];
}

function byAgent(rows: readonly { key: number; agent: number }[]): Waiting[] {
  return [...Map.groupBy(rows, (row) => row.agent)].map(([agent, own]) => ({
    agent,
    bodies: own.map(({ key }) => key),
  }));
}

/** Others may have merged some of them since they were looked up. */
function unmerged(sql: Statements, { agent, bodies }: Waiting): number[] {
  const mergedThrough = sql.mergedThrough.get(agent)?.rolled_through ?? 0;
  return bodies.filter((key) => key > mergedThrough);
}
