import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emailConfigTo, startMailReceiver } from './notify-test-kit.ts';
import { SenderBench } from './notify-test-sender.ts';

describe('the outbox sender between start and stop', () => {
  let bench: SenderBench;
  beforeEach(async () => {
    bench = await SenderBench.open();
  });
  afterEach(async () => bench.close());

  it('leaves an attempt that stop had to end in the outbox, and a later start delivers it', async () => {
    bench.receiver.answers = [{ status: 200, hang: true }];
    bench.insert('hook', 'inc-1');
    bench.insert('hook', 'inc-2');
    const sender = bench.startQuick();
    await bench.until(() => bench.receiver.requests.length === 1);

    await sender.stop();
    expect(bench.outbox.rows).toMatchObject([
      { state: 'waiting', attemptCount: 0 },
      { state: 'waiting', attemptCount: 0 },
    ]);
    expect(bench.outcomes).toEqual([]);

    sender.start();
    await bench.untilSettled();
    expect(bench.keys()).toEqual(['inc-1/opened', 'inc-1/opened', 'inc-2/opened']);
  });

  it('waits at stop for an attempt that ends in time, and begins no other', async () => {
    const greetings: (() => void)[] = [];
    const late = await startMailReceiver({ onConnect: (_session, callback) => void greetings.push(callback) });
    bench.insert('surel', 'inc-1');
    bench.insert('surel', 'inc-2');
    try {
      const sender = bench.startQuick({ channels: [emailConfigTo(late)], stopGraceMs: 5000 });
      await bench.until(() => greetings.length === 1);

      const stopped = sender.stop();
      greetings[0]?.();
      await stopped;

      expect(bench.outbox.rows.map((row) => row.state)).toEqual(['delivered', 'waiting']);
      expect(late.mails).toHaveLength(1);
    } finally {
      await late.close();
    }
  });

  it('asks the outbox nothing after stop', async () => {
    const looked = vi.spyOn(bench.outbox, 'dueEntries');
    const sender = bench.startQuick();
    sender.kick();
    await sender.stop();
    looked.mockClear();

    sender.kick();
    await new Promise((resolve) => setImmediate(resolve));

    expect(looked).not.toHaveBeenCalled();
  });

  it('looks into the outbox only after the caller has finished its transaction', async () => {
    const looked = vi.spyOn(bench.outbox, 'dueEntries');
    const sender = bench.startQuick();
    await bench.until(() => looked.mock.calls.length > 0);
    looked.mockClear();

    sender.kick();
    sender.kick();
    expect(looked).not.toHaveBeenCalled();
    bench.insert('hook', 'inc-1');
    await bench.untilSettled();
  });

  it('does not send again what the outbox could not note as delivered', async () => {
    bench.outbox.markFailures = [new Error('database or disk is full')];
    bench.insert('hook', 'inc-1');
    let monotonicMs = 0;
    const sender = bench.startQuick({ clock: { nowMs: () => Date.now(), monotonicMs: () => monotonicMs } });
    await bench.until(() => bench.lines.some((line) => line.includes('outbox cannot be written')));
    expect(bench.outbox.rows[0]?.state).toBe('waiting');

    monotonicMs += 60_000;
    sender.kick();
    await bench.untilSettled();

    expect(bench.keys()).toEqual(['inc-1/opened']);
    expect(bench.outcomes).toEqual(['hook delivered']);
  });

  it('says when the outbox cannot be read, and reads it again when asked to', async () => {
    bench.insert('hook', 'inc-1');
    const reading = vi.spyOn(bench.outbox, 'dueEntries').mockImplementationOnce(() => {
      throw new Error('disk I/O error');
    });
    const sender = bench.startQuick();
    await bench.until(() => bench.lines.length === 1);
    expect(bench.lines[0]).toContain('error outbox cannot be read error="disk I/O error"');

    sender.kick();
    await bench.untilSettled();
    expect(reading.mock.calls.length).toBeGreaterThan(1);
  });

  it('survives a counter that throws', async () => {
    bench.insert('hook', 'inc-1');
    bench.insert('hook', 'inc-2');

    bench.startQuick({
      onDelivery() {
        throw new Error('no such label');
      },
    });
    await bench.untilSettled();

    expect(bench.keys()).toEqual(['inc-1/opened', 'inc-2/opened']);
  });
});
