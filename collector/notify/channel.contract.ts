import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Static, TObject, TSchema } from 'typebox';
import Value from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { createLogger } from '../../shared/logger.ts';
import type { Channel } from './channel.ts';
import { renderMessage } from './message.ts';
import { sampleNotice } from './notify-test-notice.ts';

export type Behaviour = 'accept' | 'fail-for-now' | 'refuse' | 'refuse-and-echo-secret' | 'hang';

/** A channel with a real receiver on the other side, as the contract wants to see it. */
export interface ChannelHarness<Config> {
  /** Reaches the receiver, holds a secret in a file, times out after 1 s. */
  config: Config;
  /** Same, but nobody listens there. */
  unreachable: Config;
  /** Same, but the secret's file is missing. */
  withoutSecretFile: Config;
  secret: string;
  /** How the receiver treats the messages from now on. */
  behave(behaviour: Behaviour): void;
  /** Idempotency marks of the messages that the receiver took. */
  taken(): string[];
  /** Messages that reached the receiver, whatever became of them. */
  reachedCount(): number;
  close(): Promise<void>;
}

/** What every channel promises. Each channel's test calls it with its own receiver. */
export function channelContract<Schema extends TObject>(
  channel: Channel<Schema>,
  open: (folder: string) => Promise<ChannelHarness<Static<Schema>>>,
): void {
  describe(`channel contract of ${channel.kind}`, () => {
    const bench = new Bench(channel);
    beforeEach(async () => bench.open(open));
    afterEach(async () => bench.close());
    configurationPromises(bench);
    deliveryPromises(bench);
    endingPromises(bench);
    secrecyPromises(bench);
  });
}

class Bench<Schema extends TObject> {
  readonly channel: Channel<Schema>;
  lines: string[] = [];
  #folder = '';
  #harness: ChannelHarness<Static<Schema>> | undefined;

  constructor(channel: Channel<Schema>) {
    this.channel = channel;
  }

  get harness(): ChannelHarness<Static<Schema>> {
    if (this.#harness === undefined) throw new Error('the bench is not open');
    return this.#harness;
  }

  async open(open: (folder: string) => Promise<ChannelHarness<Static<Schema>>>): Promise<void> {
    this.#folder = mkdtempSync(join(tmpdir(), 'pantau-channel-'));
    this.#harness = await open(this.#folder);
    this.lines = [];
  }

  async close(): Promise<void> {
    await this.harness.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  send(config: Static<Schema>, options: { signal?: AbortSignal; event?: 'opened' | 'resolved' } = {}): Promise<void> {
    const notice = sampleNotice({ event: options.event ?? 'opened' });
    return this.channel.send(
      config,
      { notice, ...renderMessage(notice) },
      {
        signal: options.signal ?? new AbortController().signal,
        logger: createLogger(
          (line) => this.lines.push(line),
          () => 0,
        ),
      },
    );
  }

  /** The error of an attempt that must fail. */
  async failure(config: Static<Schema>, signal?: AbortSignal): Promise<AppError> {
    const error: unknown = await this.send(config, signal === undefined ? {} : { signal }).then(
      () => 'no error',
      (reason: unknown) => reason,
    );
    if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${inspect(error)}`);
    return error;
  }
}

function configurationPromises<Schema extends TObject>(bench: Bench<Schema>): void {
  it('accepts its own configuration and refuses an unknown field', () => {
    const schema: TSchema = bench.channel.config;
    const config = bench.harness.config as object;

    expect(Value.Check(schema, config)).toBe(true);
    expect(Value.Check(schema, { ...config, surprise: 1 })).toBe(false);
    expect(Value.Check(schema, { ...config, kind: 'other' })).toBe(false);
    expect(bench.channel.problem(bench.harness.config)).toBeUndefined();
  });

  it('names a missing secret file before and at sending', async () => {
    const { withoutSecretFile } = bench.harness;

    expect(bench.channel.problem(withoutSecretFile)).toMatch(/^the file .*missing.* cannot be used: ENOENT; check/);
    expect(await bench.failure(withoutSecretFile)).toMatchObject({ code: 'file-unreadable', retryable: false });
  });
}

function deliveryPromises<Schema extends TObject>(bench: Bench<Schema>): void {
  it('delivers a message once and marks a repeat the same way', async () => {
    const { harness } = bench;
    await bench.send(harness.config);
    await bench.send(harness.config);
    await bench.send(harness.config, { event: 'resolved' });

    const [first, repeat, resolved] = harness.taken();
    expect(harness.taken()).toHaveLength(3);
    expect(repeat).toBe(first);
    expect(resolved).not.toBe(first);
  });

  it('says that a passing failure is worth a retry', async () => {
    const { harness } = bench;
    harness.behave('fail-for-now');

    expect(await bench.failure(harness.config)).toMatchObject({ code: 'delivery-delayed', retryable: true });
    expect(harness.taken()).toEqual([]);
  });

  it('says that a refusal needs a repair', async () => {
    bench.harness.behave('refuse');

    expect(await bench.failure(bench.harness.config)).toMatchObject({ code: 'delivery-refused', retryable: false });
  });

  it('retries when nobody listens', async () => {
    const error = await bench.failure(bench.harness.unreachable);

    expect(error).toMatchObject({ code: 'delivery-unreachable', retryable: true });
  });
}

function endingPromises<Schema extends TObject>(bench: Bench<Schema>): void {
  it('gives up waiting for an answer after its timeout', async () => {
    bench.harness.behave('hang');

    expect(await bench.failure(bench.harness.config)).toMatchObject({ code: 'delivery-timeout', retryable: true });
    expect(bench.harness.reachedCount()).toBe(1);
  });

  it('ends at once when the sender stops', async () => {
    const { harness } = bench;
    harness.behave('hang');
    const controller = new AbortController();
    const failing = bench.failure(harness.config, controller.signal);
    await vi.waitFor(() => expect(harness.reachedCount()).toBe(1));

    const abortedAtMs = performance.now();
    controller.abort();

    expect(await failing).toMatchObject({ code: 'delivery-aborted', retryable: true });
    expect(performance.now() - abortedAtMs).toBeLessThan(500);
  });

  it('sends nothing when the sender has stopped already', async () => {
    const error = await bench.failure(bench.harness.config, AbortSignal.abort());

    expect(error.code).toBe('delivery-aborted');
    expect(bench.harness.reachedCount()).toBe(0);
  });
}

function secrecyPromises<Schema extends TObject>(bench: Bench<Schema>): void {
  function expectSecrecy(error: AppError): void {
    const told = [inspect(error, { depth: 20, showHidden: true }), ...bench.lines].join('\n');
    expect(told).toContain('delivery-');
    expect(told).not.toContain(bench.harness.secret);
    expect(told).not.toContain(Buffer.from(bench.harness.secret).toString('base64').replaceAll('=', ''));
  }

  it.each(['fail-for-now', 'refuse', 'refuse-and-echo-secret', 'hang'] as const)(
    'tells no secret when the receiver does this: %s',
    async (behaviour) => {
      bench.harness.behave(behaviour);

      expectSecrecy(await bench.failure(bench.harness.config));
    },
  );

  it('tells no secret when nobody listens', async () => {
    expectSecrecy(await bench.failure(bench.harness.unreachable));
  });
}
