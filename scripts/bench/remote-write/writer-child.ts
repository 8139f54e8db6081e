// Writes the history of a data folder as the collector does. Argument: the data folder. For each line on stdin, the
// address of a receiver, it writes everything to it from the beginning and prints what it took, as JSON.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { knownNames } from '../../../collector/cli/known-names.ts';
import { parseConfig } from '../../../collector/config/load-config.ts';
import { createJudging } from '../../../collector/incidents/judging.ts';
import { noRegisters } from '../../../collector/obligations/register-view.ts';
import { createOwnMetrics } from '../../../collector/metrics/own-metrics.ts';
import type { RemoteWriteCounters } from '../../../collector/metrics/remote-write/counters.ts';
import { createRemoteWrite } from '../../../collector/metrics/remote-write/remote-write.ts';
import { restoreFleet } from '../../../collector/restore-fleet.ts';
import { openSqliteStore } from '../../../collector/store/sqlite/sqlite-store.ts';
import { systemClock, systemRandom } from '../../../shared/clock.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { configText } from '../../../test/kit/config-text.ts';
import { type Sent, startMeasuring } from './sent.ts';

const [dataFolder = ''] = process.argv.slice(2);
const store = openSqliteStore(join(dataFolder, 'pantau.db'));
const fleet = await restoreFleet(store);

async function writeAllTo(id: string, url: string): Promise<Sent> {
  const config = parseConfig(
    configText({ remoteWrite: [{ id, url, sendHistory: true, snapshotEvery: '1h' }] }),
    'pantau.yaml',
    knownNames,
  );
  const about = { store, fleet, clock: systemClock, random: systemRandom, logger: silentLogger, config };
  const judging = createJudging({ ...about, onVerdict: () => {}, onNotices: () => {} });
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  let [sampleCount, requestCount] = [0, 0];
  const counters: RemoteWriteCounters = {
    begin: () => {},
    samples(_receiver, outcome, count) {
      if (outcome !== 'sent') reject(new Error(`${count} samples were ${outcome}`));
      sampleCount += count;
    },
    request: () => void (requestCount += 1),
    taken: () => {},
    expired: (_receiver, count) => reject(new Error(`${count} reports were pruned`)),
    waiting(_receiver, { pendingCount }) {
      if (pendingCount === 0 && sampleCount > 0) resolve();
    },
    forget: () => {},
  };
  const own = createOwnMetrics(store);
  const view = () => ({ config, fleet, judging, registers: noRegisters, store, nowMs: systemClock.nowMs() });
  const folder = join(dataFolder, 'remote-write');
  const parts = { ...about, configs: config.remoteWrite, folder, port: store.remoteWrite, view, own, counters };
  const remoteWrite = createRemoteWrite(parts);
  await remoteWrite.prepare();
  const measured = startMeasuring();
  remoteWrite.start();
  await done;
  const sent = { ...measured(), sampleCount, requestCount };
  await remoteWrite.stop();
  own.stop();
  return sent;
}

let run = 0;
console.log('ready');
for await (const url of createInterface({ input: process.stdin })) {
  run += 1;
  console.log(JSON.stringify(await writeAllTo(`run-${run}`, url)));
}
await store.close();
