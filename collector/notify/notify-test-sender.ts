import { vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { createLogger } from '../../shared/logger.ts';
import type { Notice } from './notice.ts';
import {
  type HttpReceiver,
  type MailReceiver,
  startHttpReceiver,
  startMailReceiver,
  webhookConfigTo,
} from './notify-test-kit.ts';
import { sampleNotice } from './notify-test-notice.ts';
import { MemoryOutbox } from './notify-test-outbox.ts';
import { createOutboxSender, type OutboxSender, type OutboxSenderOptions } from './outbox-sender.ts';

/** A sender between an outbox in memory and real receivers, for tests. */
export class SenderBench {
  readonly outbox = new MemoryOutbox();
  readonly receiver: HttpReceiver;
  readonly mailReceiver: MailReceiver;
  readonly lines: string[] = [];
  /** `<channel> <outcome>` of each counted attempt. */
  readonly outcomes: string[] = [];
  readonly #senders: OutboxSender[] = [];

  constructor(receiver: HttpReceiver, mailReceiver: MailReceiver) {
    this.receiver = receiver;
    this.mailReceiver = mailReceiver;
  }

  static async open(): Promise<SenderBench> {
    return new SenderBench(await startHttpReceiver(), await startMailReceiver());
  }

  async close(): Promise<void> {
    await Promise.all(this.#senders.map((sender) => sender.stop()));
    await this.receiver.close();
    await this.mailReceiver.close();
  }

  /** One webhook channel named `hook`, the real policy of delays. */
  options(): OutboxSenderOptions {
    return {
      port: this.outbox,
      channels: [webhookConfigTo(this.receiver.url)],
      clock: systemClock,
      random: () => 0.5,
      logger: createLogger(
        (line) => this.lines.push(line),
        () => 0,
      ),
      onDelivery: (channel, outcome) => this.outcomes.push(`${channel} ${outcome}`),
      stopGraceMs: 100,
    };
  }

  start(options: OutboxSenderOptions): OutboxSender {
    const sender = createOutboxSender(options);
    this.#senders.push(sender);
    sender.start();
    return sender;
  }

  /** Starts with delays of 5 ms, beyond what the receiver asks for. */
  startQuick(options: Partial<OutboxSenderOptions> = {}): OutboxSender {
    const delayMs: OutboxSenderOptions['delayMs'] = ({ retryAfterSeconds }) => (retryAfterSeconds ?? 0) * 1000 + 5;
    return this.start({ ...this.options(), delayMs, ...options });
  }

  insert(channel: string, incident: string, event: Notice['event'] = 'opened') {
    return this.outbox.insert(channel, noticeOf(incident, event), systemClock.nowMs());
  }

  /** Idempotency keys of the webhook calls, in order of arrival. */
  keys(): string[] {
    return this.receiver.requests.map((request) => String(request.headers['idempotency-key']));
  }

  /** Waits until a condition holds, for at most 5 s. */
  async until(condition: () => boolean): Promise<void> {
    await vi.waitUntil(condition, { timeout: 20_000, interval: 10 });
  }

  async untilSettled(): Promise<void> {
    await this.until(() => this.outbox.rows.every((row) => row.state !== 'waiting'));
  }
}

export function noticeOf(incident: string, event: Notice['event'] = 'opened'): Notice {
  const sample = sampleNotice();
  return sampleNotice({
    event,
    idempotencyKey: `${incident}/${event}`,
    incident: { ...sample.incident, id: incident },
  });
}
