import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { DeadlineRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

type Kind = DeadlineRow['kind'];

export interface DeadlinesOptions {
  store: Store;
  clock: Clock;
  logger: Logger;
  onDue(kind: Kind, subject: string): void;
}

const longestWaitMs = 60_000;
const shortestWaitMs = 20;

/**
 * The next moment of each thing that may change by time alone, kept in the store and asked for when it is due; nothing
 * is rescanned. A freshness deadline is not moved by every report: when it comes, whoever hears of it looks whether a
 * newer report moved it and arms it again.
 */
export class Deadlines {
  readonly #options: DeadlinesOptions;
  readonly #armed = new Map<string, number>();
  #unsaved: DeadlineRow[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(options: DeadlinesOptions) {
    this.#options = options;
  }

  /** It counts at once and is written by the next `save`. */
  arm(kind: Kind, subject: string, dueAtMs: number): void {
    if (this.#armed.get(`${kind} ${subject}`) === dueAtMs) return;
    this.#armed.set(`${kind} ${subject}`, dueAtMs);
    this.#unsaved.push({ kind, subject, dueAtMs });
  }

  /** Arms what is not armed, or would come too late; an earlier deadline stands and is looked at when it comes. */
  armNoLater(kind: Kind, subject: string, dueAtMs: number): void {
    if ((this.#armed.get(`${kind} ${subject}`) ?? Infinity) > dueAtMs) this.arm(kind, subject, dueAtMs);
  }

  async save(): Promise<void> {
    const rows = this.#unsaved;
    this.#unsaved = [];
    try {
      if (rows.length > 0) await this.#options.store.saveDeadlines(rows);
    } catch (error) {
      this.#unsaved = [...rows, ...this.#unsaved];
      this.#options.logger.error('deadlines could not be written', { cause: messageOf(error) });
    }
    await this.#schedule();
  }

  start(): void {
    this.#stopped = false;
    this.#looking = this.save();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async #schedule(): Promise<void> {
    if (this.#stopped) return;
    const nextAtMs = await this.#options.store.nextDeadlineAtMs().catch(() => undefined);
    if (this.#stopped) return;
    const waitMs = nextAtMs === undefined ? longestWaitMs : nextAtMs - this.#options.clock.nowMs() + 1;
    clearTimeout(this.#timer);
    const look = () => {
      this.#looking = this.#look();
    };
    this.#timer = setTimeout(look, Math.max(shortestWaitMs, Math.min(longestWaitMs, waitMs)));
  }

  async #look(): Promise<void> {
    const { store, clock, logger, onDue } = this.#options;
    try {
      for (const row of await store.takeDueDeadlines(clock.nowMs(), 1000)) {
        this.#armed.delete(`${row.kind} ${row.subject}`);
        onDue(row.kind, row.subject);
      }
    } catch (error) {
      logger.error('deadlines could not be read', { cause: messageOf(error) });
    }
    await this.save();
  }
}
