// Makes report after report with the real sensors, the real spool and the real uplink, as fast as the collector's rate
// limit lets one agent, and prints how much private memory it had at each. Probes, backups and inventory are off.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../agent/config/config-cache.ts';
import { loadIdentity } from '../../../agent/identity/store-identity.ts';
import { Reporter } from '../../../agent/loop/reporter.ts';
import { openSpool } from '../../../agent/spool/spool.ts';
import { createCollectorClient } from '../../../agent/uplink/collector-client.ts';
import { createDrain } from '../../../agent/uplink/drain.ts';
import { envelopeOf } from '../../../agent/uplink/envelope.ts';
import { systemClock, systemRandom } from '../../../shared/clock.ts';
import { createLogger } from '../../../shared/logger.ts';

/** The collector lets 150 requests through at once and 300 a minute after that (collector/intake/intake.ts). */
const burstCount = 140;
const paceMs = 210;
const ackWithinMs = 30_000;

const [dataFolder = '', countText = '0'] = process.argv.slice(2);
const logger = createLogger(
  (line) => void process.stderr.write(line),
  () => systemClock.nowMs(),
);

function rssAnonKibibytes(): number {
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

async function makeReports(count: number): Promise<void> {
  const identity = loadIdentity(dataFolder, logger);
  const { config } = loadConfig(dataFolder, identity.collectorPublicKey);
  const quiet = { ...config, discoverTargets: false, probes: [], backups: [] };
  const clock = systemClock;
  const spool = openSpool(join(dataFolder, 'spool'), { maxSizeBytes: config.spool.maxSizeBytes, logger });
  const client = createCollectorClient({ identity, clock });
  const reporter = new Reporter({
    dataFolder,
    collectorUrl: identity.collectorUrl,
    clock,
    random: systemRandom,
    logger,
  });
  let onAcknowledged = () => {};
  const drain = createDrain({
    spool,
    client,
    clock,
    random: systemRandom,
    logger,
    batchesPerMinute: 6000,
    envelopeOf: (records) =>
      envelopeOf(
        { agent: identity.agent, sentAt: new Date(clock.nowMs()).toISOString(), ...reporter.bootNow() },
        records.map(({ payload }) => payload),
      ),
    onAcknowledged: () => onAcknowledged(),
  });
  for (let number = 1; number <= count; number++) {
    const { queuedCount, droppedCount } = spool.stats();
    const report = await reporter.measure({
      config: quiet,
      spool: { queuedCount, droppedCount },
      waitMs: 1000,
      inventory: false,
    });
    spool.append({
      takenAtMs: Date.parse(report.takenAt),
      evidence: false,
      payload: Buffer.from(JSON.stringify(report)),
    });
    const acknowledged = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Report ${number} was not acknowledged.`)), ackWithinMs);
      onAcknowledged = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    drain.kick();
    await acknowledged;
    process.stdout.write(`${rssAnonKibibytes()}\n`);
    if (number > burstCount) await new Promise((next) => setTimeout(next, paceMs));
  }
  await drain.stop();
  client.close();
  spool.close();
  await reporter.close();
}

// Without a count it only loads its modules, so that the compile cache has them.
if (Number(countText) > 0) await makeReports(Number(countText));
