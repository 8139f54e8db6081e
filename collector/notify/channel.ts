import type { Static, TSchema } from 'typebox';
import type { Logger } from '../../shared/logger.ts';
import type { Notice } from './notice.ts';

/** A notice and what it says to people, in the notice's language. */
export interface ChannelMessage {
  notice: Notice;
  /** One line without control characters. */
  subject: string;
  /** Plain text, lines end in "\n". */
  text: string;
}

export interface ChannelDeps {
  /** Ends the attempt early: `send` then frees what it opened and rejects with `delivery-aborted`. */
  signal: AbortSignal;
  logger: Logger;
}

/**
 * One way to tell people. A channel makes one attempt and says how it ended; the outbox sender repeats it. A message
 * may arrive twice (at least once), so each carries the notice's idempotency key.
 */
export interface Channel<Schema extends TSchema = TSchema> {
  /** Name in the configuration; the same as its file's name. */
  readonly kind: string;
  /** One sentence for help texts. */
  readonly docs: string;
  /** An object with at least `id` and the literal `kind`. */
  readonly config: Schema;
  /**
   * What is wrong with a configuration beyond its schema (a secret's file that cannot be read, say), as one sentence;
   * undefined when it is good. It must not connect anywhere.
   */
  problem(config: Static<Schema>): string | undefined;
  /**
   * @throws AppError; `retryable` when the same message may pass soon, `retryAfterSeconds` when the receiver said when.
   * Its message and cause hold no secret.
   */
  send(config: Static<Schema>, message: ChannelMessage, deps: ChannelDeps): Promise<void>;
}
