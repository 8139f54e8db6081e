import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportsAck } from '../../shared/wire.ts';
import type { Fleet, ParsedBatch } from '../facts/fleet.ts';
import type { TouchedFacts } from '../facts/touched-facts.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import type { BatchOutcome, Store } from '../store/store.ts';
import { createGroupCommit } from './group-commit.ts';
import { createRateLimit } from './rate-limit.ts';
import { type IntakeRequest, readReports } from './read-reports.ts';
import { createTurns, type Turns } from './turns.ts';

export type { IntakeRequest } from './read-reports.ts';

export interface IntakeOptions {
  fleet: Fleet;
  store: Store;
  clock: Clock;
  logger: Logger;
  /** Shared with whatever else changes the same facts; its own when absent. */
  turns?: Turns;
  /** Version of the configuration that an agent should have. */
  configVersionOf(agent: AgentFacts): string;
  /** Told after each commit what is now different. */
  onTouched(touched: TouchedFacts): void;
  /** `outcome` is `accepted`, `duplicate` or the code of the refusal. */
  count(outcome: string, reportCount: number): void;
}

export interface Intake {
  /** Checks the sender before its body is read. @throws AppError 401, 403 or 429. */
  admit(agent: string): void;
  /** Resolves when the reports are on disk. @throws AppError that says what is wrong, nothing having changed. */
  accept(request: IntakeRequest): Promise<ReportsAck>;
  close(): Promise<void>;
}

/** Reports in one transaction; at about 20 µs each it stays well below a blink. */
const maxReportsPerCommit = 400;
const requestsPerMinute = 300;
const requestBurst = 150;

export function createIntake(options: IntakeOptions): Intake {
  const { fleet, store, clock, logger, turns = createTurns() } = options;
  const rateLimit = createRateLimit({ perMinute: requestsPerMinute, burst: requestBurst });
  const commit = createGroupCommit<ParsedBatch, BatchOutcome>({
    write: (batches) => turns.take(() => writeBatches(batches)),
    weight: (parsed) => parsed.reports.length,
    maxWeight: maxReportsPerCommit,
    clock,
  });

  async function writeBatches(batches: ParsedBatch[]): Promise<BatchOutcome[]> {
    let apply: (() => TouchedFacts) | undefined;
    const outcomes = await store.commitReports(
      batches.map((parsed) => parsed.batch),
      (accepted) => {
        const staged = fleet.stage(batches, accepted);
        apply = () => staged.apply();
        return staged.changes;
      },
    );
    if (apply !== undefined) options.onTouched(apply());
    return outcomes;
  }

  return {
    admit(id) {
      knownAgent(fleet, id);
      const waitSeconds = rateLimit.take(id, clock.monotonicMs());
      if (waitSeconds > 0) {
        throw new AppError('too-many-requests', `This agent sends more than ${requestsPerMinute} requests a minute.`, {
          status: 429,
          retryable: true,
          retryAfterSeconds: waitSeconds,
        });
      }
    },
    async accept(request) {
      const agent = knownAgent(fleet, request.agent);
      const parsed = readReports(request, agent, clock.nowMs());
      const outcome = await commit.submit(parsed).catch((cause: unknown) => Promise.reject(unavailable(cause, logger)));
      if (outcome.acceptedCount > 0) options.count('accepted', outcome.acceptedCount);
      if (outcome.duplicateCount > 0) options.count('duplicate', outcome.duplicateCount);
      const acked = parsed.reports.reduce((highest, report) => Math.max(highest, report.seq), 0);
      return { acked, ...outcome, config: options.configVersionOf(agent) };
    },
    close: () => commit.close(),
  };
}

function knownAgent(fleet: Fleet, id: string): AgentFacts {
  const agent = fleet.agent(id);
  if (agent === undefined) {
    throw new AppError('unknown-agent', 'This agent is not enrolled here; enrol it with a new token.', { status: 401 });
  }
  if (agent.row.revokedAtMs !== undefined) {
    throw new AppError('revoked-agent', 'This agent was revoked; ask Diskominfo.', { status: 403 });
  }
  return agent;
}

function unavailable(cause: unknown, logger: Logger): AppError {
  logger.error('reports could not be written; agents keep them and try again', { cause: String(cause) });
  return new AppError('store-unavailable', 'The collector cannot write at the moment; send it again later.', {
    status: 503,
    retryable: true,
    retryAfterSeconds: 30,
    cause,
  });
}
