import type { Clock, Random } from '../../shared/clock.ts';
import { durationSeconds } from '../../shared/duration.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { TouchedFacts } from '../facts/touched-facts.ts';
import { isFresh } from '../facts/node-facts.ts';
import type { DeadlineRow, IncidentRow, VerdictRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { RegisterView } from '../obligations/register-view.ts';
import type { Case } from '../obligations/subjects.ts';
import { announceOpen } from './announce-open.ts';
import { type CaseBook, createCaseBook } from './case-book.ts';
import { Deadlines } from './deadlines.ts';
import { emptyTurnState, judgeTurn, type TurnDeps, type TurnState } from './judge-turn.ts';
import type { Hold } from './held-back.ts';
import { operate, type OperatorRequest } from './operate.ts';
import { retire } from './retire.ts';
import { Settling } from './settling/settling.ts';

export interface JudgingOptions {
  store: Store;
  fleet: Fleet;
  /** None unless told. */
  registers?: RegisterView;
  clock: Clock;
  random: Random;
  logger: Logger;
  config: PantauConfig;
  /** Told after the change is on disk. */
  onVerdict(verdict: VerdictRow, judged: Case): void;
  /** Told when the outbox has something new. */
  onNotices(): void;
}

/** Turns facts into verdicts, verdicts into incidents, incidents into notices; one turn at a time. */
export interface Judging {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Facts changed; the cases that rest on them are judged soon. */
  touch(touched: TouchedFacts): void;
  reconfigure(config: PantauConfig): Promise<void>;
  /** Resolves when everything touched so far is judged and on disk. */
  settled(): Promise<void>;
  verdicts(): VerdictRow[];
  caseOf(verdict: { obligation: string; subject: string }): Case | undefined;
  openIncidents(): IncidentRow[];
  /** Why a breach opens no incident at present; undefined when it has one, or is none. */
  heldBackBy(verdict: { obligation: string; subject: string }): Hold | undefined;
  /** What a person does with an incident. @throws AppError that says why it cannot be done. */
  operate(request: OperatorRequest): Promise<IncidentRow>;
  /** Since when a dataset is known here, `<pd>/<dataset>`; undefined before it was first judged. */
  knownSinceMs(subject: string): number | undefined;
  /** Up to when everything that was touched is judged, and the verdicts are on disk. */
  judgedUntilMs(): number;
}

/** Reports come in crowds; a short wait lets one turn judge them together. */
const turnDelayMs = 500;

export function createJudging(options: JudgingOptions): Judging {
  return new TurnwiseJudging(options);
}

const writeRetryMs = 5000;

class TurnwiseJudging implements Judging {
  readonly #options: JudgingOptions;
  readonly #state: TurnState = emptyTurnState();
  readonly #waiting = new Set<Case>();
  readonly #deadlines: Deadlines;
  readonly #settling: Settling;
  #config: PantauConfig;
  #book: CaseBook;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = true;
  #startedAtMs: number;
  /** While something waits to be judged, or could not be written: when nothing did. */
  #behindSinceMs: number | undefined;
  /** Judged, and not on disk: they are judged again. */
  readonly #unwritten = new Set<Case>();

  constructor(options: JudgingOptions) {
    this.#options = options;
    this.#config = options.config;
    this.#book = createCaseBook(options.config);
    this.#startedAtMs = options.clock.nowMs();
    this.#deadlines = new Deadlines({ ...options, onDue: (kind, subject) => this.#onDue(kind, subject) });
    this.#settling = new Settling({
      ...options,
      config: () => this.#config,
      book: () => this.#book,
      arm: (incident, atMs) => {
        this.#deadlines.arm('settle', incident, atMs);
        return this.#deadlines.save();
      },
    });
  }

  async start(): Promise<void> {
    const { store, fleet } = this.#options;
    this.#stopped = false;
    this.#startedAtMs = this.#options.clock.nowMs();
    for (const verdict of await store.loadVerdicts()) {
      this.#state.verdicts.set(`${verdict.obligation}|${verdict.subject}`, verdict);
    }
    for (const incident of await store.loadIncidents({ open: true })) {
      this.#state.incidents.set(`${incident.obligation}|${incident.subject}`, incident);
    }
    const reopenWithinMs = durationSeconds(this.#config.incidents.reopenWithin) * 1000;
    for (const incident of await store.incidentsEndedSince(this.#startedAtMs - reopenWithinMs)) {
      this.#state.ended.add(incident);
    }
    for (const agent of fleet.agents()) {
      if (agent.present !== undefined) this.#deadlines.arm('freshness', agent.row.id, agent.present.staleAtMs);
    }
    await this.#settling.start();
    await this.#retire();
    this.#queue(this.#book.all());
    await this.#turn();
    await this.#announceOpen();
    this.#deadlines.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#deadlines.stop();
    await this.#settling.idle();
    await this.#running;
  }

  touch(touched: TouchedFacts): void {
    for (const id of touched.agents) {
      const agent = this.#options.fleet.agent(id);
      if (agent?.present !== undefined) this.#deadlines.armNoLater('freshness', id, agent.present.staleAtMs);
    }
    this.#queue(this.#book.touchedBy(touched));
  }

  async reconfigure(next: PantauConfig): Promise<void> {
    this.#config = next;
    this.#book = createCaseBook(next);
    this.#waiting.clear();
    this.#unwritten.clear();
    this.#behindSinceMs = undefined;
    while (this.#running !== undefined) await this.#running;
    await this.#retire();
    this.#queue(this.#book.all());
    await this.#turn();
    await this.#announceOpen();
  }

  async settled(): Promise<void> {
    while (this.#waiting.size > 0 || this.#running !== undefined) await this.#turn();
    await this.#settling.idle();
  }

  verdicts(): VerdictRow[] {
    return [...this.#state.verdicts.values()];
  }

  caseOf({ obligation, subject }: { obligation: string; subject: string }): Case | undefined {
    return this.#book.named(`${obligation}|${subject}`)[0];
  }

  openIncidents(): IncidentRow[] {
    return [...this.#state.incidents.values()];
  }

  heldBackBy({ obligation, subject }: { obligation: string; subject: string }): Hold | undefined {
    return this.#state.holds.get(`${obligation}|${subject}`);
  }

  async operate(request: OperatorRequest): Promise<IncidentRow> {
    // What is known by now counts; on a busy fleet something more always waits, and a person must not.
    await this.#turn();
    await this.#settling.idle();
    // Between two turns: what is decided meanwhile must know of it.
    while (this.#running !== undefined) await this.#running;
    const done = operate(request, this.#state, this.#turnDeps());
    const settled = done.then(
      () => {},
      () => {},
    );
    this.#running = settled;
    try {
      const { incident, noticeCount } = await done;
      if (noticeCount > 0) this.#options.onNotices();
      this.#queue(this.#book.readingIncidents(incident.pd));
      return incident;
    } finally {
      if (this.#running === settled) this.#running = undefined;
    }
  }

  knownSinceMs(subject: string): number | undefined {
    return this.#state.knownSinceMs.get(subject);
  }

  judgedUntilMs(): number {
    return this.#behindSinceMs ?? this.#options.clock.nowMs();
  }

  #turnDeps(): TurnDeps {
    return { ...this.#options, config: this.#config, book: this.#book, startedAtMs: this.#startedAtMs };
  }

  async #announceOpen(): Promise<void> {
    if ((await announceOpen(this.#state, this.#book, this.#turnDeps())) > 0) this.#options.onNotices();
  }

  async #retire(): Promise<void> {
    const { store, clock, onNotices } = this.#options;
    const isAsked = (name: string) => this.#book.named(name).length > 0;
    const deps = { store, config: this.#config, nowMs: clock.nowMs() };
    if ((await retire(this.#state, isAsked, deps)) > 0) onNotices();
  }

  #onDue(kind: DeadlineRow['kind'], subject: string): void {
    if (kind === 'verdict') {
      this.#queue(this.#book.named(subject));
      return;
    }
    if (kind === 'settle') {
      this.#settling.look(subject);
      return;
    }
    const agent = this.#options.fleet.agent(subject);
    if (agent?.present === undefined) return;
    if (isFresh(agent, this.#options.clock.nowMs())) {
      this.#deadlines.arm('freshness', subject, agent.present.staleAtMs);
    } else {
      this.#queue(this.#book.ofAgent(agent));
    }
  }

  /** An agent has told something more after another of its intervals. */
  #nextLookMs(): number {
    return this.#options.clock.nowMs() + this.#config.agents.intervalSeconds * 1000;
  }

  #queue(cases: Iterable<Case>): void {
    for (const judged of cases) this.#waiting.add(judged);
    if (this.#waiting.size > 0) this.#behindSinceMs ??= this.#options.clock.nowMs();
    if (this.#waiting.size > 0 && !this.#stopped) this.#timer ??= setTimeout(() => void this.#turn(), turnDelayMs);
  }

  async #turn(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Whoever waits here may find that another one was faster; then there is nothing left, or a turn to wait for.
    while (this.#running !== undefined) await this.#running;
    if (this.#waiting.size === 0) return;
    const cases = [...this.#waiting];
    this.#waiting.clear();
    this.#running = this.#judge(cases);
    await this.#running;
    this.#running = undefined;
  }

  async #judge(cases: Case[]): Promise<void> {
    const turnAtMs = this.#options.clock.nowMs();
    try {
      const result = await judgeTurn(cases, this.#state, this.#turnDeps());
      for (const judged of cases) this.#unwritten.delete(judged);
      if (result.unwritten !== undefined) this.#judgeAgain(result.unwritten.cases, turnAtMs, result.unwritten.cause);
      if (this.#unwritten.size === 0) this.#behindSinceMs = this.#waiting.size > 0 ? turnAtMs : undefined;
      for (const [name, atMs] of result.rechecks) this.#deadlines.arm('verdict', name, atMs);
      for (const { verdict, judged } of result.changed) this.#options.onVerdict(verdict, judged);
      if (result.noticeCount > 0) this.#options.onNotices();
      this.#queue(result.released);
      for (const id of result.settling) this.#deadlines.arm('settle', id, this.#nextLookMs());
    } catch (error) {
      this.#judgeAgain(cases, turnAtMs, error);
    }
    await this.#deadlines.save();
  }

  /** The store could not be written: nothing was decided about these. */
  #judgeAgain(cases: readonly Case[], turnAtMs: number, error: unknown): void {
    for (const judged of cases) this.#unwritten.add(judged);
    this.#behindSinceMs ??= turnAtMs;
    this.#options.logger.error('verdicts could not be written; they are judged again', { cause: messageOf(error) });
    if (!this.#stopped) setTimeout(() => this.#queue(cases), writeRetryMs).unref();
  }
}
