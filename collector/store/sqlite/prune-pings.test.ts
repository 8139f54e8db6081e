import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeFile } from '../../../test/kit/store-file.ts';
import type { PingRow } from '../rows.ts';
import type { Store } from '../store.ts';
import { openConnection } from './open.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const dayMs = 86_400_000;

function ping(receivedAtMs: number, body = 'keluaran'): PingRow {
  return {
    pd: 'dinkes',
    dataset: 'simpus',
    atMs: receivedAtMs,
    receivedAtMs,
    kind: 'success',
    exitStatus: undefined,
    rid: undefined,
    body: Buffer.from(body),
    userAgent: 'curl/8',
    remoteAddress: '10.1.2.3',
  };
}

/** @returns the number that it got. */
async function keep(store: Store, row: PingRow): Promise<number> {
  let number = 0;
  await store.commitPing(row, (given) => {
    number = given;
    return undefined;
  });
  return number;
}

async function prune(store: Store, bodiesBeforeMs: number, rowsBeforeMs: number): Promise<void> {
  for (let count = 0; count < 100; count += 1) {
    if (!(await store.history.prunePings(bodiesBeforeMs, rowsBeforeMs))) return;
  }
  throw new Error('pruning does not end');
}

/** Number and body of each ping. */
function kept(path: string): [number, string][] {
  const connection = openConnection(path);
  const rows = connection.prepare('SELECT key, CAST(body AS TEXT) FROM pings ORDER BY key').raw().all();
  connection.close();
  return rows as [number, string][];
}

describe('pings', () => {
  it('lose their bodies first, and later go', async () => {
    const { store, path } = storeFile();
    for (const days of [400, 20, 3, 0]) await keep(store, ping(nowMs - days * dayMs, `${days}`));

    await prune(store, nowMs - 14 * dayMs, nowMs - 365 * dayMs);

    expect(kept(path)).toEqual([
      [2, ''],
      [3, '3'],
      [4, '0'],
    ]);
  });

  it('that came exactly at the moment are kept', async () => {
    const { store, path } = storeFile();
    await keep(store, ping(nowMs, 'tepat'));
    await keep(store, ping(nowMs + 1, 'baru'));
    await prune(store, nowMs, nowMs);

    expect(kept(path).map(([, body]) => body)).toEqual(['tepat', 'baru']);
  });

  it('never have the number of one that is gone, over a restart either', async () => {
    const file = storeFile();
    for (const seq of [1, 2, 3]) await keep(file.store, ping(nowMs + seq));
    await prune(file.store, nowMs + dayMs, nowMs + dayMs);
    expect(kept(file.path)).toEqual([[3, '']]);
    const store = await file.reopen();

    expect(await keep(store, ping(nowMs + 4))).toBe(4);
    await prune(store, nowMs, nowMs);
    expect(kept(file.path)).toEqual([
      [3, ''],
      [4, 'keluaran'],
    ]);
  });

  it('that came while the clock was ahead go with those that came after them', async () => {
    const { store, path } = storeFile();
    await keep(store, ping(nowMs + 3650 * dayMs, 'dari masa depan'));
    await keep(store, ping(nowMs - 30 * dayMs, 'lama'));
    await keep(store, ping(nowMs, 'baru'));
    await prune(store, nowMs - 14 * dayMs, nowMs - 365 * dayMs);

    expect(kept(path).map(([, body]) => body)).toEqual(['', '', 'baru']);
  });

  it('go in parts, each a short transaction', async () => {
    const { store, path } = storeFile();
    const connection = openConnection(path);
    const insert = connection.prepare(`
      INSERT INTO pings (pd, dataset, at, received_at, kind, body, user_agent, remote_address)
      VALUES ('dinkes', 'simpus', 0, ?, 'success', x'61', '', '')`);
    connection.transaction(() => {
      for (let seq = 1; seq <= 1200; seq += 1) insert.run(nowMs + seq);
    })();
    connection.close();
    const countsAfter = async (): Promise<[boolean, number, number]> => {
      const hasMore = await store.history.prunePings(nowMs + dayMs, nowMs + dayMs);
      const rows = kept(path);
      return [hasMore, rows.length, rows.filter(([, body]) => body !== '').length];
    };

    expect(await countsAfter()).toEqual([true, 700, 700]);
    expect(await countsAfter()).toEqual([true, 200, 200]);
    expect(await countsAfter()).toEqual([false, 1, 0]);
    expect(await countsAfter()).toEqual([false, 1, 0]);
  });

  it('keep what is young enough, however the rounds fall', async () => {
    const ages = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 20 });
    const rounds = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(ages, rounds, async (list, limits) => {
        const { store, path } = storeFile();
        const youngerLast = list.toSorted((a, b) => b - a);
        for (const age of youngerLast) await keep(store, ping(nowMs - age, `${age}`));
        for (const [bodies, rows] of limits) await prune(store, nowMs - bodies, nowMs - rows);
        const mostRecentBodies = Math.min(...limits.map(([bodies]) => bodies));
        const mostRecentRows = Math.min(...limits.map(([, rows]) => rows));
        const expected = youngerLast
          .map((age, index) => [index + 1, age > mostRecentBodies ? '' : `${age}`, age] as const)
          .filter(([number, , age]) => age <= mostRecentRows || number === youngerLast.length)
          .map(([number, body]) => [number, body]);

        expect(kept(path)).toEqual(expected);
        await store.close();
      }),
      { numRuns: 30 },
    );
  });
});
