import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { LedgerPort } from '../store/ledger-port.ts';
import { TimeSlices } from '../time-slices.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

/** So many entries at most are covered by no checkpoint yet, and for no longer than that. */
const entriesPerCheckpoint = 1000;
const checkpointEveryMs = 3_600_000;

const rowsPerTurn = 100;
const lookEveryMs = 1000;
const breatheMs = 5;
const afterFailureMs = 10_000;
/** Who stops a collector does not wait for the history of a year that an upgrade left to be followed. */
const closeWithinMs = 5000;

export interface LedgerWriter {
  start(): void;
  /** Takes what is there already, within a few seconds, signs it, and ends; the next start goes on. */
  stop(): Promise<void>;
}

/**
 * Follows what was decided and done into the ledger, a short transaction at a time, and signs checkpoints. It only reads
 * what others have written: when it fails, nothing else waits, and it goes on where it was.
 */
export function createLedgerWriter(options: {
  ledger: LedgerPort;
  privateKey: KeyObject;
  clock: Clock;
  logger: Logger;
}): LedgerWriter {
  const { ledger, privateKey, clock, logger } = options;
  const slices = new TimeSlices(() => clock.monotonicMs());
  const limit = { rowCount: rowsPerTurn, isOver: () => slices.isOver };
  let timer: NodeJS.Timeout | undefined;
  let [stopped, hasFailed, closeByMs] = [true, false, Infinity];
  let round: Promise<void> = Promise.resolve();

  async function follow(): Promise<void> {
    for (;;) {
      slices.begin();
      const addedCount = await ledger.appendSome(limit);
      if (await isCheckpointDue(ledger, clock.nowMs())) await makeCheckpoint(ledger, privateKey, clock.nowMs());
      if (addedCount === 0 || clock.monotonicMs() >= closeByMs) return;
      await new Promise((next) => setTimeout(next, breatheMs));
    }
  }

  async function work(): Promise<void> {
    let waitMs = lookEveryMs;
    try {
      await follow();
      if (hasFailed) logger.info('the ledger is written again');
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) logger.error('the ledger cannot be written; it is tried again', { cause: messageOf(error) });
      hasFailed = true;
      waitMs = afterFailureMs;
    }
    if (!stopped) timer = setTimeout(start, waitMs);
  }

  function start(): void {
    stopped = false;
    closeByMs = Infinity;
    round = work();
  }

  return {
    start,
    async stop() {
      if (stopped) return;
      stopped = true;
      closeByMs = clock.monotonicMs() + closeWithinMs;
      clearTimeout(timer);
      await round;
      await follow()
        .then(() => makeCheckpoint(ledger, privateKey, clock.nowMs()))
        .catch((error: unknown) => {
          logger.error('the ledger could not be closed; the next start goes on', { cause: messageOf(error) });
        });
    },
  };
}

async function isCheckpointDue(ledger: LedgerPort, nowMs: number): Promise<boolean> {
  const [head, latest] = [await ledger.head(), await ledger.latestCheckpoint()];
  if (head === undefined || head.seq === latest?.seq) return false;
  if (latest === undefined || head.seq - latest.seq >= entriesPerCheckpoint) return true;
  // A clock that was ahead must not keep the next one waiting until then.
  return Math.abs(nowMs - latest.atMs) >= checkpointEveryMs;
}
