import type { Clock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { RegisterEntry, RegisterView } from '../obligations/register-view.ts';
import type { RegisterPort, RegisterRevision, RegisterRevisionRow } from '../store/register-port.ts';
import { entryOf } from './entry-of.ts';

/** What an entry shall be from now on; its values are checked already. */
export interface RegisterChange {
  register: string;
  entry: string;
  /** The revision that it was made from; 0 for a new entry. */
  expectedRevision: number;
  pd: string | undefined;
  values: RegisterRevision['values'];
  attachments: readonly string[];
  removed?: boolean;
}

/** Who changes something, and what it is called in the audit log. */
export interface RegisterAct {
  actor: string;
  action: string;
  /** What was changed, `audit/REG-20261126-7K3QMX2A` or the name of the register when it is much. */
  subject: string;
  detail: string;
}

/** The registers in memory, as they are on disk. */
export interface Registers extends RegisterView {
  entry(register: string, id: string): RegisterEntry | undefined;
  /**
   * Writes all changes or none; they are on disk and in `entries` when it resolves.
   * @throws AppError `changed-meanwhile` (409) when an entry has another revision by now.
   */
  write(changes: readonly RegisterChange[], act: RegisterAct): Promise<void>;
  /** Every state of an entry, oldest first, also of one that was removed. */
  history(register: string, id: string): Promise<RegisterRevisionRow[]>;
  /** Takes over what other processes have written. */
  follow(): Promise<void>;
  /** Looks for that every few seconds. */
  start(): void;
  stop(): Promise<void>;
}

export interface RegistersOptions {
  port: RegisterPort;
  clock: Clock;
  logger: Logger;
  /** Told of which departments entries have changed, once they can be read; undefined stands for the Pemda itself. */
  onChange?(pds: ReadonlySet<string | undefined>): void;
}

/** A command may write beside a collector that is running. */
const followEveryMs = 2000;
const rowsPerLook = 1000;

/** Reads the registers from the store. */
export async function openRegisters(options: RegistersOptions): Promise<Registers> {
  const { rows, lastKey } = await options.port.load();
  return new FollowedRegisters(options, rows, lastKey);
}

class FollowedRegisters implements Registers {
  readonly #options: RegistersOptions;
  readonly #registers = new Map<string, Map<string, RegisterEntry>>();
  /** What `entries` gives, made anew after a change. */
  readonly #lists = new Map<string, readonly RegisterEntry[]>();
  #lastKey: number;
  #following: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(options: RegistersOptions, rows: readonly RegisterRevisionRow[], lastKey: number) {
    this.#options = options;
    this.#lastKey = lastKey;
    for (const row of rows) this.#take(row);
  }

  entries(register: string): readonly RegisterEntry[] {
    const known = this.#lists.get(register);
    if (known !== undefined) return known;
    const list = [...(this.#registers.get(register)?.values() ?? [])];
    this.#lists.set(register, list);
    return list;
  }

  entry(register: string, id: string): RegisterEntry | undefined {
    return this.#registers.get(register)?.get(id);
  }

  async write(changes: readonly RegisterChange[], act: RegisterAct): Promise<void> {
    if (changes.length === 0) return;
    const atMs = this.#options.clock.nowMs();
    const revisions = changes.map(({ expectedRevision, removed = false, ...change }) => ({
      ...change,
      revision: expectedRevision + 1,
      removed,
      atMs,
      actor: act.actor,
    }));
    const conflicts = await this.#options.port.append(revisions, { atMs, ...act });
    await this.follow();
    if (conflicts.length === 0) return;
    const some = `${conflicts.slice(0, 5).join(', ')}${conflicts.length > 5 ? ', …' : ''}`;
    const message = `Somebody has changed or removed ${some} meanwhile; read it again and repeat the change.`;
    throw new AppError('changed-meanwhile', message, { status: 409, field: '/revision' });
  }

  history(register: string, id: string): Promise<RegisterRevisionRow[]> {
    return this.#options.port.history(register, id);
  }

  follow(): Promise<void> {
    const next = this.#following.then(() => this.#catchUp());
    this.#following = next.catch(() => {});
    return next;
  }

  start(): void {
    this.#stopped = false;
    this.#arm();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#following;
  }

  #arm(): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), followEveryMs);
  }

  async #look(): Promise<void> {
    const { logger } = this.#options;
    await this.follow().catch((error: unknown) => {
      logger.error('the registers could not be read; it is tried again', { cause: messageOf(error) });
    });
    this.#arm();
  }

  async #catchUp(): Promise<void> {
    const { port, onChange } = this.#options;
    for (;;) {
      const rows = await port.after(this.#lastKey, rowsPerLook);
      const pds = new Set(rows.flatMap((row) => this.#take(row)));
      this.#lastKey = rows.at(-1)?.key ?? this.#lastKey;
      if (pds.size > 0) onChange?.(pds);
      if (rows.length < rowsPerLook) return;
      await new Promise((next) => setImmediate(next));
    }
  }

  /** @returns whom it spoke of before, and whom now. */
  #take(row: RegisterRevisionRow): (string | undefined)[] {
    const { register, entry: id, pd, removed } = row;
    const entries = this.#registers.get(register) ?? new Map<string, RegisterEntry>();
    this.#registers.set(register, entries);
    this.#lists.delete(register);
    const before = entries.get(id);
    if (removed) entries.delete(id);
    else entries.set(id, entryOf(row));
    return before === undefined ? [pd] : [before.pd, pd];
  }
}
