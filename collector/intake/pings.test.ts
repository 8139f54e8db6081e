import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { testConfig } from '../../test/kit/judging-bench.ts';
import { storeFile } from '../../test/kit/store-file.ts';
import { restoreFleet } from '../restore-fleet.ts';
import type { PingRow } from '../store/rows.ts';
import { parsePing } from './parse-ping.ts';
import { createPingAddresses, pingAddressesOf } from './ping-addresses.ts';
import type { PingBody } from './ping-body.ts';
import { createPings } from './pings.ts';
import { createTurns } from './turns.ts';

const secret = Buffer.alloc(32, 1);
const config = testConfig({ datasets: [{ id: 'simpus', source: { kind: 'heartbeat' } }] });
const [address] = pingAddressesOf(secret, config);
const path = `/ping/${address?.uuid}`;
const sender = { userAgent: 'curl/8', remoteAddress: '10.20.1.5' };
const bodyOf = (text: string): PingBody => {
  const bytes = Buffer.from(text);
  return { head: bytes, tail: bytes, isTailCut: false, isWhole: true };
};

async function door(options: { slowMs?: number } = {}) {
  const { store, reopen } = storeFile();
  const clock = fakeClock();
  const fleet = await restoreFleet(store);
  const rows: PingRow[] = [];
  const pings = createPings({
    addresses: createPingAddresses(secret, config),
    fleet,
    store: {
      async commitPing(row, factsOf) {
        rows.push(row);
        // As a store behind a network would: the facts are worked out, and much happens before it is done.
        await store.commitPing(row, factsOf);
        if (options.slowMs !== undefined) await new Promise((next) => setTimeout(next, options.slowMs));
      },
    },
    clock,
    logger: silentLogger,
    turns: createTurns(),
    onTouched: () => {},
    count: () => {},
  });
  const send = (rest: string, body = '', from = sender) => {
    const { pathname, searchParams } = new URL(path + rest, 'http://collector');
    return pings.accept(pings.admit(parsePing(pathname, searchParams)), bodyOf(body), from);
  };
  return { clock, fleet, rows, send, reopen };
}

describe('the door for pings', () => {
  it('keeps each call as it came in', async () => {
    const { clock, rows, send } = await door();
    const rid = '123E4567-e89b-12d3-a456-426614174000';
    await send(`/7?rid=${rid}&ts=${clock.nowMs() / 1000 - 60}`, 'all of it', { ...sender, userAgent: 'u'.repeat(300) });

    expect(rows).toEqual([
      {
        pd: 'dinkes',
        dataset: 'simpus',
        atMs: clock.nowMs() - 60_000,
        receivedAtMs: clock.nowMs(),
        kind: 'fail',
        exitStatus: 7,
        rid: rid.toLowerCase(),
        body: Buffer.from('all of it'),
        userAgent: 'u'.repeat(200),
        remoteAddress: '10.20.1.5',
      },
    ]);
  });

  it('forgets none of the pings that come at the same time', async () => {
    const { clock, fleet, send } = await door({ slowMs: 5 });
    const seconds = [1, 2, 3, 4, 5].map((ago) => clock.nowMs() / 1000 - ago);
    await Promise.all(seconds.map((ts) => send(`?ts=${ts}`)));

    expect(fleet.dataset('dinkes/simpus')?.successes.map(({ completedAtMs }) => completedAtMs)).toEqual(
      seconds.map((ts) => ts * 1000),
    );
  });

  it('knows after a restart what it knew before', async () => {
    const { clock, fleet, send, reopen } = await door();
    for (const rest of ['/start', '/log', '/fail', '/start', '']) {
      clock.advanceMs(60_000);
      await send(rest, 'one\ntwo');
    }
    const again = await restoreFleet(await reopen());

    expect(again.dataset('dinkes/simpus')).toEqual(fleet.dataset('dinkes/simpus'));
    expect(again.dataset('dinkes/simpus')?.failures[0]?.record).toEqual({
      agent: 'ping',
      session: 'dinkes/simpus',
      seq: 3,
    });
  });
});
