// Reads simulated routers as the running agent does. Arguments: data folder, how many routers, seconds of the interval.
// From the first line on stdin on it reads all of them in each interval; for each line it prints what was read since the
// line before, as JSON.
import { createInterface } from 'node:readline';
import { RouterPoller } from '../../../agent/routers/poll-routers.ts';
import type { RouterConfig } from '../../../shared/agent-config-schema.ts';
import { systemClock } from '../../../shared/clock.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { routerAddress, routerPort } from './addresses.ts';

/** What was read since the last question. */
export interface ReadSince {
  readingCount: number;
  wholeCount: number;
  interfaceCount: number;
  longestReadingSeconds: number;
}

const [dataFolder = '', countText = '0', everyText = '60'] = process.argv.slice(2);
const everySeconds = Number(everyText);
const routers = Array.from({ length: Number(countText) }, (_, number): RouterConfig => ({
  host: routerAddress(number),
  port: routerPort,
  reader: 'snmp',
  credential: 'simulated',
  timeoutSeconds: 2,
  everySeconds,
}));

function readSince(poller: RouterPoller): ReadSince {
  const sum: ReadSince = { readingCount: 0, wholeCount: 0, interfaceCount: 0, longestReadingSeconds: 0 };
  for (let readings = poller.queue.take(); readings.length > 0; readings = poller.queue.take()) {
    for (const { state, reason, interfaces, durationSeconds } of readings) {
      sum.readingCount++;
      sum.wholeCount += state === 'up' && reason === undefined ? 1 : 0;
      sum.interfaceCount += interfaces?.length ?? 0;
      sum.longestReadingSeconds = Math.max(sum.longestReadingSeconds, durationSeconds);
    }
  }
  return sum;
}

if (dataFolder !== '') {
  const poller = new RouterPoller({ dataFolder, clock: systemClock, logger: silentLogger });
  let isFirst = true;
  for await (const _ of createInterface({ input: process.stdin })) {
    if (isFirst) poller.configure(routers);
    isFirst = false;
    process.stdout.write(`${JSON.stringify(readSince(poller))}\n`);
  }
  await poller.close();
}
