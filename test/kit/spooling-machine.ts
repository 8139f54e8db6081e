import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSpool, type SpoolRecord } from '../../agent/spool/spool.ts';
import { createCollectorClient } from '../../agent/uplink/collector-client.ts';
import { createDrain } from '../../agent/uplink/drain.ts';
import { envelopeOf } from '../../agent/uplink/envelope.ts';
import { type Clock, systemClock, systemRandom } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import type { TestAgent } from './test-agent.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A machine whose reports go through the spool and the uplink of the real agent. */
export interface SpoolingMachine {
  agent: TestAgent;
  /** Its own record: everything that it measured. */
  reports: Report[];
  /** Keeps a report on its disk. */
  keep(report: Report): void;
  /** Sends everything that it has kept; resolves when all of it is acknowledged. */
  sendAll(): Promise<void>;
}

/** @param clock its wall clock, and the collector's. */
export function spoolingMachine(
  agent: TestAgent,
  collector: {
    url: string;
    collectorPublicKey: Parameters<typeof createCollectorClient>[0]['identity']['collectorPublicKey'];
  },
  clock: Pick<Clock, 'nowMs'>,
): SpoolingMachine {
  const { url: collectorUrl, collectorPublicKey } = collector;
  const spool = openSpool(join(temporaryFolder(), 'spool'), { maxSizeBytes: 200_000_000, logger: silentLogger });
  onTestFinished(() => spool.close());
  const identity = { agent: agent.id, ...agent.keys, collectorUrl, collectorPublicKey, allowPlainHttp: false };
  const client = createCollectorClient({ identity, clock });
  const reports: Report[] = [];
  return {
    agent,
    reports,
    keep(report) {
      reports.push(report);
      const takenAtMs = Date.parse(report.takenAt);
      spool.append({ takenAtMs, evidence: false, payload: Buffer.from(JSON.stringify(report)) });
    },
    async sendAll() {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // A new one each time, as after a start: the newest report goes first and alone.
      const drain = createDrain({
        spool,
        client,
        clock: systemClock,
        random: systemRandom,
        logger: silentLogger,
        batchesPerMinute: 60_000,
        envelopeOf: (records: readonly SpoolRecord[]) =>
          envelopeOf(
            agent.envelope([], clock.nowMs()),
            records.map((record) => record.payload),
          ),
        onAcknowledged: () => {
          if (spool.stats().queuedCount === 0) resolve();
        },
        onFailure: reject,
      });
      drain.kick();
      try {
        await promise;
      } finally {
        await drain.stop();
      }
    },
  };
}
