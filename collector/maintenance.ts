import type { Clock } from '../shared/clock.ts';
import { durationSeconds } from '../shared/duration.ts';
import { messageOf } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { PantauConfig } from './config/schema.ts';
import type { Store } from './store/store.ts';

/**
 * Raw reports wait this long before they are rolled up. Late ones are merged as well as others; what waits must be short
 * because questions about availability merge it first.
 */
const rollUpAfterMs = 60_000;
const roundEveryMs = 10 * 60_000;

/** Rolls up and prunes in the background, a short transaction at a time. */
export function createMaintenance(options: {
  store: Store;
  clock: Clock;
  logger: Logger;
  retention(): PantauConfig['retention'];
  /** Names the day of the Pemda's zone. */
  dayOf(atMs: number): string;
}) {
  const { store, clock, logger } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let round: Promise<void> = Promise.resolve();

  const before = (age: string) => clock.nowMs() - durationSeconds(age) * 1000;
  const breathe = () => new Promise((next) => setTimeout(next, 5));

  /** Until a step says that there is no more to do. */
  async function repeat(step: () => Promise<boolean>): Promise<void> {
    while (!stopped && (await step())) await breathe();
  }

  async function work(): Promise<void> {
    try {
      const { history } = store;
      await repeat(async () => (await history.rollUpOne(clock.nowMs() - rollUpAfterMs)) !== undefined);
      const { raw, hourly, verdicts, ledger } = options.retention();
      await repeat(() => history.pruneSome(before(raw)));
      await repeat(async () => (await history.forgetHours(before(hourly))) > 0);
      await repeat(() => history.prunePings(before(raw), before(hourly)));
      await repeat(() => history.forgetVerdictChanges(before(verdicts)));
      await repeat(() => store.ledger.pruneSome(before(ledger), clock.nowMs()));
      const oldestDay = options.dayOf(before(hourly));
      await repeat(() => history.forgetPaths(oldestDay));
    } catch (error) {
      logger.error('history could not be rolled up; it is tried again', { cause: messageOf(error) });
    }
    if (!stopped) timer = setTimeout(start, roundEveryMs);
  }

  function start(): void {
    stopped = false;
    round = work();
  }

  return {
    start,
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
