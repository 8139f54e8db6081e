import type { Clock, Random } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { ReportsAck } from '../../shared/wire.ts';
import type { FleetMember } from './fleet.ts';
import type { Pauses } from './pauses.ts';
import type { ReportAnswer, ReportClient } from './report-client.ts';
import { hasEvidence, type RoundContent } from './round-content.ts';
import type { Tally } from './tally.ts';
import type { WorkTurns } from './work-turns.ts';

/** A simulated agent with a spool, which it empties by the rules of a real one. */
export interface SpoolingAgent {
  member: FleetMember;
  /** Reports made so far; the last one's seq. */
  readonly madeCount: number;
  readonly queuedCount: number;
  readonly newestTakenAtMs: number | undefined;
  /** False while its link is away: it measures and sends nothing. */
  readonly isOnline: boolean;
  setOnline(isOnline: boolean): void;
  /** From now on its requests come from there, as far as a collector believes who hands them on: see `trustedProxies`. */
  comeFrom(address: string): void;
  /** Makes a report and puts it into the spool. */
  take(takenAtMs: number, content?: RoundContent): void;
  /** There is something to send. */
  kick(): void;
}

export interface SpoolingAgentDeps {
  client: Pick<ReportClient, 'send'>;
  turns: WorkTurns;
  pauses: Pauses;
  tally: Tally;
  clock: Clock;
  random: Random;
  signal: AbortSignal;
}

interface SpooledReport extends RoundContent {
  seq: number;
  takenAtMs: number;
  queuedCount: number;
}

const maxBatchCount = 50;
/** Of probes and the like: a request holds a megabyte at most. */
const maxBatchRows = 3000;

/**
 * The newest report goes first and alone, after each failure too; then batches, backup evidence before the rest, new
 * before old. Requests keep the rate that the configuration names; a "later" is honoured, with jitter on top.
 */
export function createSpoolingAgent(member: FleetMember, deps: SpoolingAgentDeps): SpoolingAgent {
  return new MemorySpool(member, deps);
}

class MemorySpool implements SpoolingAgent {
  readonly member: FleetMember;
  readonly #deps: SpoolingAgentDeps;
  readonly #paceMs: number;
  #pending: SpooledReport[] = [];
  #madeCount = 0;
  #isOnline = true;
  #address: string | undefined;
  #isDraining = false;
  #isStateFirst = true;
  #failureCount = 0;
  #notBeforeMs = -Infinity;
  #newestTakenAtMs: number | undefined;

  constructor(member: FleetMember, deps: SpoolingAgentDeps) {
    this.member = member;
    this.#deps = deps;
    this.#paceMs = 60_000 / member.config.drain.batchesPerMinute;
  }

  get madeCount(): number {
    return this.#madeCount;
  }

  get queuedCount(): number {
    return this.#pending.length;
  }

  get newestTakenAtMs(): number | undefined {
    return this.#newestTakenAtMs;
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
  }

  comeFrom(address: string): void {
    this.#address = address;
  }

  take(takenAtMs: number, content: RoundContent = {}): void {
    this.#madeCount += 1;
    this.#newestTakenAtMs = takenAtMs;
    this.#pending.push({ seq: this.#madeCount, takenAtMs, queuedCount: this.#pending.length, ...content });
  }

  kick(): void {
    if (!this.#isDraining && this.#isOnline) void this.#drain();
  }

  async #drain(): Promise<void> {
    const { clock, pauses, random, signal } = this.#deps;
    this.#isDraining = true;
    while (this.#pending.length > 0 && this.#isOnline && !signal.aborted) {
      const waitMs = this.#notBeforeMs - clock.monotonicMs();
      if (waitMs > 0) {
        await pauses.for(waitMs);
        continue;
      }
      const batch = nextBatch(this.#pending, this.#isStateFirst ? 1 : maxBatchCount);
      this.#notBeforeMs = clock.monotonicMs() + this.#paceMs * (0.75 + 0.5 * random());
      const answer = await this.#post(batch);
      // What is cut off by the end of the simulation says nothing about the collector.
      if (answer === undefined && signal.aborted) break;
      this.#settle(batch, answer);
    }
    this.#isDraining = false;
  }

  /** @returns undefined when the collector could not be reached. */
  async #post(batch: readonly SpooledReport[]): Promise<ReportAnswer | undefined> {
    const { agent } = this.member;
    const { client, clock, turns } = this.#deps;
    const send = () => {
      const envelope = agent.envelope(
        batch.map((each) => agent.report(each)),
        clock.nowMs(),
      );
      const { headers, body } = agent.signedRequest(envelope, { encoding: 'dictionary' });
      const handedOn = this.#address === undefined ? {} : { 'x-forwarded-for': this.#address };
      return client.send({ headers: { ...headers, ...handedOn }, body });
    };
    try {
      return await turns.run(send);
    } catch (error) {
      if (error instanceof AppError && error.retryable) return undefined;
      throw error;
    }
  }

  #settle(batch: readonly SpooledReport[], answer: ReportAnswer | undefined): void {
    const { clock, random, tally } = this.#deps;
    const outcome = outcomeOf(answer, batch);
    if (outcome.kind === 'later') {
      tally.putOff(batch.length, String(answer?.status ?? 'unreachable'));
      this.#failureCount += 1;
      this.#isStateFirst = true;
      this.#notBeforeMs = clock.monotonicMs() + laterMs(this.#failureCount, answer?.retryAfterSeconds, random);
      return;
    }
    if (outcome.kind === 'acknowledged') tally.acknowledged(batch.length, outcome.ack, answer?.answerMs ?? 0);
    else tally.rejected(batch.length, String(answer?.status), outcome.complaint);
    this.#failureCount = 0;
    this.#isStateFirst = false;
    const sent = new Set(batch);
    this.#pending = this.#pending.filter((report) => !sent.has(report));
  }
}

function nextBatch(pending: readonly SpooledReport[], limitCount: number): SpooledReport[] {
  const fromNewest = pending.toReversed();
  if (limitCount === 1) return fromNewest.slice(0, 1);
  const history = fromNewest.filter((report) => !hasEvidence(report));
  const batch: SpooledReport[] = [];
  let rowCount = 0;
  for (const report of [...fromNewest.filter(hasEvidence), ...history].slice(0, limitCount)) {
    rowCount += rowsIn(report);
    if (batch.length > 0 && rowCount > maxBatchRows) break;
    batch.push(report);
  }
  return batch;
}

/** The parts of a report that may be long; a router takes as much as three of the others. */
function rowsIn({ probes = [], figures, arrivals = [], holdings = [] }: SpooledReport): number {
  return probes.length + arrivals.length + holdings.length + 3 * (figures?.routers?.length ?? 0);
}

type Outcome = { kind: 'acknowledged'; ack: ReportsAck } | { kind: 'later' } | { kind: 'rejected'; complaint: string };

function outcomeOf(answer: ReportAnswer | undefined, batch: readonly SpooledReport[]): Outcome {
  if (answer === undefined || answer.status >= 500 || answer.status === 429) return { kind: 'later' };
  const text = answer.body.toString('utf8');
  if (answer.status !== 200) return { kind: 'rejected', complaint: `Status ${answer.status}: ${text.slice(0, 300)}` };
  const ack = parseAck(text);
  const highest = batch.reduce((seq, report) => Math.max(seq, report.seq), 0);
  if (ack.acked === highest && ack.acceptedCount + ack.duplicateCount === batch.length)
    return { kind: 'acknowledged', ack };
  return {
    kind: 'rejected',
    complaint: `The acknowledgement of ${batch.length} reports up to ${highest} says ${text}`,
  };
}

/** Anything in between can answer 200; what is no acknowledgement has numbers that fit no batch. */
function parseAck(text: string): ReportsAck {
  try {
    return JSON.parse(text) as ReportsAck;
  } catch {
    return { acked: 0, acceptedCount: 0, duplicateCount: 0, config: '' };
  }
}

/** Full jitter below a bound that doubles from 1 second to 5 minutes; what the collector asked for is never undercut. */
function laterMs(failureCount: number, retryAfterSeconds: number | undefined, random: Random): number {
  const boundMs = Math.min(300_000, 1000 * 2 ** Math.min(failureCount - 1, 20));
  if (retryAfterSeconds === undefined) return random() * boundMs;
  return retryAfterSeconds * 1000 + random() * Math.max(boundMs, retryAfterSeconds * 500);
}
