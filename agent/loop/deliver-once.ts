import type { Clock, Random } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import type { ReportsAck } from '../../shared/wire.ts';
import type { LoadedConfig } from '../config/config-cache.ts';
import { spoolFolderOf } from '../config/settings.ts';
import type { Identity } from '../identity/identity.ts';
import { openSpool } from '../spool/spool.ts';
import { createCollectorClient } from '../uplink/collector-client.ts';
import { createDrain } from '../uplink/drain.ts';
import { envelopeOf } from '../uplink/envelope.ts';
import { lockDataFolder } from './agent-lock.ts';
import { hasEvidence } from './build-report.ts';
import { ConfigUpdater } from './config-updater.ts';

export interface DeliverOptions {
  identity: Identity;
  loaded: LoadedConfig;
  dataFolder: string;
  measure: (spool: Report['spool']) => Promise<Report>;
  bootNow: () => Pick<Report['host'], 'bootId' | 'uptimeSeconds'>;
  clock: Clock;
  random: Random;
  logger: Logger;
}

export interface Delivery {
  report: Report;
  /** Absent when the collector did not take it. */
  ack?: ReportsAck;
  problem?: string;
  /** Reports that are still in the spool. */
  queuedCount: number;
}

/**
 * One report by way of the spool, as the running agent does it: it is durable before it is sent, and stays there when
 * the collector is away. @throws AppError `already-running`, `spool-unusable`, or of the transport rule.
 */
export async function deliverThroughSpool(options: DeliverOptions): Promise<Delivery> {
  const { identity, loaded, dataFolder, clock, random, logger } = options;
  const client = createCollectorClient({ identity, clock });
  const lock = lockDataFolder(dataFolder);
  const spool = openSpool(spoolFolderOf(dataFolder), { maxSizeBytes: loaded.config.spool.maxSizeBytes, logger });
  try {
    const report = await options.measure(spool.stats());
    const payload = Buffer.from(JSON.stringify(report));
    spool.append({ takenAtMs: Date.parse(report.takenAt), evidence: hasEvidence(report), payload });
    const outcome = await new Promise<Pick<Delivery, 'ack' | 'problem'>>((resolve) => {
      const drain = createDrain({
        spool,
        client,
        clock,
        random,
        logger,
        batchesPerMinute: loaded.config.drain.batchesPerMinute,
        envelopeOf: (records) =>
          envelope(
            options,
            records.map((record) => record.payload),
          ),
        // The newest goes first and alone: the first word is the one about this report.
        onAcknowledged: (ack) => void drain.stop().then(() => resolve({ ack })),
        onFailure: (error) => void drain.stop().then(() => resolve({ problem: messageOf(error) })),
      });
      drain.kick();
    });
    if (outcome.ack !== undefined) await followConfiguration(options, client, outcome.ack.config);
    return { report, ...outcome, queuedCount: spool.stats().queuedCount };
  } finally {
    client.close();
    spool.close();
    lock.release();
  }
}

/** One report beside a running agent: nothing of what that agent writes is touched. */
export async function deliverDirectly(options: DeliverOptions): Promise<Delivery> {
  const client = createCollectorClient({ identity: options.identity, clock: options.clock });
  try {
    const report = await options.measure({ queuedCount: 0, droppedCount: 0 });
    try {
      const ack = await client.postReports(envelope(options, [Buffer.from(JSON.stringify(report))]));
      return { report, ack, queuedCount: 0 };
    } catch (error) {
      return { report, problem: messageOf(error), queuedCount: 0 };
    }
  } finally {
    client.close();
  }
}

function envelope({ identity, clock, bootNow }: DeliverOptions, payloads: Buffer[]): Buffer {
  return envelopeOf({ agent: identity.agent, sentAt: new Date(clock.nowMs()).toISOString(), ...bootNow() }, payloads);
}

/** An agent that only ever runs from cron learns of a new configuration here. */
async function followConfiguration(
  { identity, dataFolder, loaded, clock, logger }: DeliverOptions,
  client: ReturnType<typeof createCollectorClient>,
  version: string,
): Promise<void> {
  const updater = new ConfigUpdater({ identity, dataFolder, client, clock, logger, apply: () => {} }, loaded.version);
  await updater.follow(version);
}
