import type { Connection } from './open.ts';
import { createProgress } from './progress.ts';

const pingsPerCall = 500;

/**
 * Takes away what is old of the pings, in the order in which they came: first their bodies, later themselves. The
 * newest ping of all stays, because the next one is numbered after it and evidence cites these numbers.
 * @returns whether there is more to do.
 */
export function createPingsPrune(connection: Connection): (bodiesBeforeMs: number, rowsBeforeMs: number) => boolean {
  const emptiedThrough = createProgress(connection, 'ping-bodies-emptied-through');
  // Whatever came before it is old too, also when the clock was ahead for a while.
  const newestBefore = connection.prepare<[number], { key: number }>(
    'SELECT key FROM pings WHERE received_at < ? ORDER BY received_at DESC, key DESC LIMIT 1',
  );
  const newest = connection.prepare<[], { key: number | null }>('SELECT max(key) AS key FROM pings');
  const nextKeys = connection.prepare<[number, number, number], { key: number }>(
    'SELECT key FROM pings WHERE key > ? AND key <= ? ORDER BY key LIMIT ?',
  );
  const empty = connection.prepare("UPDATE pings SET body = x'' WHERE key > ? AND key <= ?");
  const remove = connection.prepare('DELETE FROM pings WHERE key <= ?');

  /** The last of the next pings up to a number, and whether there are more. */
  function nextOf(afterKey: number, throughKey: number): { lastKey: number | undefined; hasMore: boolean } {
    const keys = nextKeys.all(afterKey, throughKey, pingsPerCall);
    return { lastKey: keys.at(-1)?.key, hasMore: keys.length === pingsPerCall };
  }

  function emptySome(beforeMs: number): boolean {
    const from = emptiedThrough.get();
    const { lastKey, hasMore } = nextOf(from, newestBefore.get(beforeMs)?.key ?? 0);
    if (lastKey === undefined) return false;
    empty.run(from, lastKey);
    emptiedThrough.set(lastKey);
    return hasMore;
  }

  function removeSome(beforeMs: number): boolean {
    const through = Math.min(newestBefore.get(beforeMs)?.key ?? 0, (newest.get()?.key ?? 0) - 1);
    const { lastKey, hasMore } = nextOf(0, through);
    if (lastKey !== undefined) remove.run(lastKey);
    return hasMore;
  }

  return connection.transaction((bodiesBeforeMs: number, rowsBeforeMs: number): boolean => {
    const hasBodies = emptySome(bodiesBeforeMs);
    return removeSome(rowsBeforeMs) || hasBodies;
  }).immediate;
}
