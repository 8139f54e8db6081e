import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emailConfigTo, startHttpReceiver, webhookConfigTo } from './notify-test-kit.ts';
import { noticeOf, SenderBench } from './notify-test-sender.ts';
import { createOutboxSender } from './outbox-sender.ts';

const hourMs = 3_600_000;

describe('the outbox sender', () => {
  let bench: SenderBench;
  beforeEach(async () => {
    bench = await SenderBench.open();
  });
  afterEach(async () => bench.close());

  it('delivers what waits at its start and what is inserted later', async () => {
    bench.insert('hook', 'inc-1');
    const sender = bench.startQuick();
    await bench.untilSettled();

    bench.insert('hook', 'inc-2');
    sender.kick();
    await bench.untilSettled();

    expect(bench.keys()).toEqual(['inc-1/opened', 'inc-2/opened']);
    expect(bench.outcomes).toEqual(['hook delivered', 'hook delivered']);
  });

  it('repeats with the same key while the receiver fails, and delivers once', async () => {
    bench.receiver.answers = [{ status: 503 }, { status: 500 }, { status: 404 }];
    bench.insert('hook', 'inc-1');

    bench.startQuick();
    await bench.untilSettled();

    expect(bench.keys()).toEqual(Array.from({ length: 4 }, () => 'inc-1/opened'));
    expect(bench.outbox.rows[0]).toMatchObject({ state: 'delivered', attemptCount: 3 });
    expect(bench.outcomes).toEqual(['hook retry', 'hook retry', 'hook retry', 'hook delivered']);
    expect(bench.lines.map((line) => line.split(' channel=')[0]?.slice('1970-01-01T00:00:00.000Z '.length))).toEqual([
      'warn alert not delivered yet',
      'warn alert not delivered yet',
      'error alert cannot be delivered until this is repaired',
      'info alert delivered',
    ]);
  });

  it('never lets resolved overtake opened', async () => {
    bench.receiver.answers = [{ status: 503 }, { status: 503 }];
    for (const incident of ['inc-1', 'inc-2']) {
      bench.insert('hook', incident, 'opened');
      bench.insert('hook', incident, 'resolved');
    }

    bench.startQuick();
    await bench.untilSettled();

    for (const incident of ['inc-1', 'inc-2']) {
      const own = bench.keys().filter((key) => key.startsWith(incident));
      expect(new Set(own.slice(0, -1))).toEqual(new Set([`${incident}/opened`]));
      expect(own.at(-1)).toBe(`${incident}/resolved`);
    }
    expect(bench.keys()).toHaveLength(6);
  });

  it('keeps trying while the receiver is away and delivers after it returns', async () => {
    const gone = await startHttpReceiver();
    await gone.close();
    bench.insert('hook', 'inc-1');
    const sender = bench.startQuick({ channels: [webhookConfigTo(gone.url)] });
    await bench.until(() => Number(bench.outbox.rows[0]?.attemptCount) >= 3);
    expect(bench.outbox.rows[0]?.error).toBe(`webhook at ${gone.url} cannot be reached: ECONNREFUSED`);

    sender.setChannels([webhookConfigTo(bench.receiver.url)]);
    await bench.untilSettled();

    expect(bench.keys()).toEqual(['inc-1/opened']);
  });

  it('waits as long as the receiver asks, with every entry of that channel', async () => {
    bench.receiver.answers = [{ status: 429, headers: { 'retry-after': '1' } }];
    bench.insert('hook', 'inc-1');
    bench.insert('hook', 'inc-2');
    const sender = bench.startQuick();
    await bench.until(() => bench.receiver.requests.length === 1);
    const refusedAtMs = performance.now();

    sender.kick();
    await bench.until(() => bench.receiver.requests.length >= 2);

    expect(performance.now() - refusedAtMs).toBeGreaterThanOrEqual(950);
    await bench.untilSettled();
    expect(bench.receiver.requests).toHaveLength(3);
  });

  it('plans with the real policy unless told otherwise', async () => {
    bench.receiver.otherwise = { status: 503, headers: { 'retry-after': '120' } };
    bench.mailReceiver.answers = [{ at: 'data', code: 550 }];
    bench.insert('hook', 'inc-1');
    bench.insert('surel', 'inc-2');
    const startedAtMs = Date.now();

    bench.start({
      ...bench.options(),
      channels: [webhookConfigTo(bench.receiver.url), emailConfigTo(bench.mailReceiver)],
    });
    await bench.until(() => bench.outcomes.length === 2);

    const waitsSeconds = bench.outbox.rows.map((row) => (row.nextAttemptAtMs - startedAtMs) / 1000);
    expect(waitsSeconds[0]).toBeCloseTo(120, -1);
    expect(waitsSeconds[1]).toBeCloseTo(900, -1);
  });

  it('does not let one channel hold up another, and sends one at a time in each', async () => {
    const slow = await startHttpReceiver();
    slow.otherwise = { status: 200, hang: true };
    const { receiver, mailReceiver } = bench;
    for (let count = 1; count <= 200; count += 1) bench.insert('slow', `inc-${count}`);
    bench.insert('surel', 'inc-1');
    bench.insert('hook', 'inc-1');
    try {
      bench.startQuick({
        channels: [webhookConfigTo(slow.url, 'slow'), webhookConfigTo(receiver.url), emailConfigTo(mailReceiver)],
      });
      await bench.until(() => bench.outcomes.length === 2);

      expect(bench.outcomes.toSorted()).toEqual(['hook delivered', 'surel delivered']);
      expect(slow.requests).toHaveLength(1);
      expect(mailReceiver.mails[0]?.subject).toContain('Indikasi pelanggaran');
    } finally {
      await slow.close();
    }
  });

  it('gives up what is three days old and has been tried often, and says so with the incident', async () => {
    bench.receiver.otherwise = { status: 500 };
    bench.outbox.insert('hook', noticeOf('inc-old'), Date.now() - 73 * hourMs, 200);
    bench.outbox.insert('hook', noticeOf('inc-young'), Date.now() - 71 * hourMs, 200);
    bench.outbox.insert('hook', noticeOf('inc-untried'), Date.now() - 73 * hourMs, 0);

    bench.startQuick({ delayMs: () => hourMs });
    await bench.until(() => bench.outcomes.length === 3);

    expect(bench.outbox.rows.map((row) => row.state)).toEqual(['given-up', 'waiting', 'waiting']);
    expect(bench.outcomes.toSorted()).toEqual(['hook given-up', 'hook retry', 'hook retry']);
    expect(bench.lines.filter((line) => line.includes('given up'))).toEqual([
      expect.stringMatching(/ error alert given up, nobody was told channel=hook incident=inc-old event=opened/),
    ]);
  });

  it('gives up entries of a channel that is no longer configured', async () => {
    bench.insert('removed', 'inc-1', 'opened');
    bench.insert('removed', 'inc-1', 'resolved');

    bench.startQuick();
    await bench.untilSettled();

    const error = 'the configuration has no channel "removed"; add it to notify again';
    expect(bench.outbox.rows).toMatchObject([
      { state: 'given-up', error },
      { state: 'given-up', error },
    ]);
    expect(bench.lines).toHaveLength(2);
    expect(bench.lines[0]).toContain('incident=inc-1');
  });

  it('refuses two channels with the same id', () => {
    const channels = [webhookConfigTo(bench.receiver.url), webhookConfigTo(bench.receiver.url)];

    expect(() => createOutboxSender({ ...bench.options(), channels })).toThrow(
      'two entries of notify have the same id; give each channel its own',
    );
  });
});
