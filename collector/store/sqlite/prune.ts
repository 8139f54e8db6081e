import type { Connection } from './open.ts';
import { createProgress } from './progress.ts';
import { createProtectedBodies } from './protected-bodies.ts';

/** A call stops at the first body that reaches this. */
const reportsPerCall = 500;
const bodiesPerCall = 500;

/** The consecutive runs in a rising list: [1, 2, 3, 7] gives [[1, 3], [7, 7]]. */
export function runsOf(seqs: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs;
}

function prepareStatements(connection: Connection) {
  return {
    newestBefore: connection.prepare<[number], { key: number }>(
      'SELECT key FROM bodies WHERE received_at < ? ORDER BY received_at DESC, key DESC LIMIT 1',
    ),
    newest: connection.prepare<[], { key: number | null }>('SELECT max(key) AS key FROM bodies'),
    bodies: connection.prepare<[number, number, number], { key: number }>(
      'SELECT key FROM bodies WHERE key > ? AND key <= ? ORDER BY key LIMIT ?',
    ),
    reportsOf: connection.prepare<[number], { session: number; seq: number }>(
      'SELECT session, seq FROM reports WHERE body = ?',
    ),
    dropReports: connection.prepare('DELETE FROM reports WHERE body = ?'),
    dropBody: connection.prepare('DELETE FROM bodies WHERE key = ?'),
    left: connection.prepare<[number, number], { first_seq: number }>(
      'SELECT first_seq FROM pruned_ranges WHERE session = ? AND last_seq = ?',
    ),
    right: connection.prepare<[number, number], { last_seq: number }>(
      'SELECT last_seq FROM pruned_ranges WHERE session = ? AND first_seq = ?',
    ),
    dropRange: connection.prepare('DELETE FROM pruned_ranges WHERE session = ? AND first_seq = ?'),
    addRange: connection.prepare('INSERT INTO pruned_ranges (session, first_seq, last_seq) VALUES (?, ?, ?)'),
  };
}

/** One pass over the old bodies; memory of one process, begun anew after a restart. */
interface Round {
  /** The last body that is old and rolled up. */
  through: number;
  gathering: Generator<undefined, Set<number>>;
  /** What stays; known when the gathering is done. */
  protectedKeys: ReadonlySet<number> | undefined;
  /** The last body that was looked at. */
  lookedThrough: number;
}

/**
 * Removes raw bodies that are old and rolled up, except those that the present rests on: each round looks at these
 * again. What remains of pruned reports are ranges of seq, so that a report is recognised as a repeat however late it
 * comes again.
 * @param onPruned told of each session that now has ranges.
 */
export function createPrune(connection: Connection, onPruned: (session: number) => void) {
  const sql = prepareStatements(connection);
  const rolledThrough = createProgress(connection, 'rolled-through');
  const gather = createProtectedBodies(connection);
  const remember = createRanges(sql);
  let round: Round | undefined;

  function startRound(receivedBeforeMs: number): Round | undefined {
    const old = sql.newestBefore.get(receivedBeforeMs)?.key ?? 0;
    // The newest body of all stays: a new one is numbered after it, and the marks compare these numbers.
    const through = Math.min(old, rolledThrough.get(), (sql.newest.get()?.key ?? 0) - 1);
    if (sql.bodies.get(0, through, 1) === undefined) return undefined;
    return { through, gathering: gather(), protectedKeys: undefined, lookedThrough: 0 };
  }

  /** @returns whether there is more to look at. */
  function pruneBodies(current: Round, protectedKeys: ReadonlySet<number>): boolean {
    const bodies = sql.bodies.all(current.lookedThrough, current.through, bodiesPerCall);
    const gone: { session: number; seq: number }[] = [];
    for (const { key } of bodies) {
      if (gone.length >= reportsPerCall) break;
      current.lookedThrough = key;
      if (protectedKeys.has(key)) continue;
      gone.push(...sql.reportsOf.all(key));
      sql.dropReports.run(key);
      sql.dropBody.run(key);
    }
    for (const [session, rows] of Map.groupBy(gone, (row) => row.session)) {
      const seqs = rows.map((row) => row.seq).toSorted((a, b) => a - b);
      for (const [firstSeq, lastSeq] of runsOf(seqs)) remember(session, firstSeq, lastSeq);
      onPruned(session);
    }
    return bodies.length > 0;
  }

  const pruneSome = connection.transaction((receivedBeforeMs: number): boolean => {
    round ??= startRound(receivedBeforeMs);
    if (round === undefined) return false;
    if (round.protectedKeys === undefined) {
      const step = round.gathering.next();
      if (step.done === true) round.protectedKeys = step.value;
      return true;
    }
    if (pruneBodies(round, round.protectedKeys)) return true;
    round = undefined;
    return false;
  }).immediate;

  return (receivedBeforeMs: number): boolean => {
    try {
      return pruneSome(receivedBeforeMs);
    } catch (error) {
      // What was rolled back was not looked at.
      round = undefined;
      throw error;
    }
  };
}

/** Adds a run of pruned numbers to the ranges of a session, joined with those that it meets. */
function createRanges(sql: ReturnType<typeof prepareStatements>) {
  return function remember(session: number, firstSeq: number, lastSeq: number): void {
    const before = sql.left.get(session, firstSeq - 1)?.first_seq;
    const after = sql.right.get(session, lastSeq + 1)?.last_seq;
    if (before !== undefined) sql.dropRange.run(session, before);
    if (after !== undefined) sql.dropRange.run(session, lastSeq + 1);
    sql.addRange.run(session, before ?? firstSeq, after ?? lastSeq);
  };
}
