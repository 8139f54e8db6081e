import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { silentLogger } from '../shared/logger.ts';
import { fakeClock } from '../test/kit/fake-clock.ts';
import { storeFile } from '../test/kit/store-file.ts';
import { keptPings } from '../test/kit/kept-pings.ts';
import { waitUntil } from '../test/kit/wait-until.ts';
import { dayNames } from './facts/day-names.ts';
import { createMaintenance } from './maintenance.ts';

const dayMs = 86_400_000;

it('lets pings lose their bodies after the raw retention and go after the hourly one', async () => {
  const clock = fakeClock();
  const { store, path } = storeFile();
  for (const days of [401, 399, 15, 13, 0]) {
    const atMs = clock.nowMs() - days * dayMs;
    const ping = { pd: 'dinkes', dataset: 'simpus', kind: 'success' as const, userAgent: '', remoteAddress: '' };
    const row = { ...ping, atMs, receivedAtMs: atMs, exitStatus: undefined, rid: undefined };
    await store.commitPing({ ...row, body: Buffer.from(`${days}`) }, () => undefined);
  }
  const retention = () => ({ raw: '14d', hourly: '400d', verdicts: '1095d', ledger: '1095d' });
  const maintenance = createMaintenance({
    store,
    clock,
    logger: silentLogger,
    retention,
    dayOf: dayNames(() => 'Asia/Jakarta'),
  });
  maintenance.start();
  try {
    await waitUntil('the oldest ping to go', () => keptPings(dirname(path)).length === 4);
  } finally {
    await maintenance.stop();
  }

  expect(keptPings(dirname(path)).map(({ text }) => text)).toEqual(['', '', '13', '0']);
});
