import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import { openSpool, type Spool } from '../spool/spool.ts';
import { createDrain, type Drain } from './drain.ts';
import { retryDelayMs } from './retry-delay.ts';

let folder: string;
let spool: Spool;
let sent: string[][];
let sentAtMs: number[];
let answer: (ids: string[]) => Promise<void>;
let drain: Drain;
const warnings: string[] = [];

/** A collector that the test plays: `answer` throws or not. */
const client = {
  async postReports(envelope: Buffer) {
    const ids = JSON.parse(envelope.toString()) as string[];
    sent.push(ids);
    sentAtMs.push(Date.now());
    await answer(ids);
    return { acked: 1, acceptedCount: ids.length, duplicateCount: 0, config: 'c' };
  },
};
const create = (batchesPerMinute = 60_000, random = 0.5) =>
  createDrain({
    spool,
    client,
    clock: systemClock,
    random: () => random,
    logger: { ...silentLogger, warn: (message) => void warnings.push(message) },
    batchesPerMinute,
    envelopeOf: (records) => Buffer.from(JSON.stringify(records.map(({ payload }) => payload.toString()))),
  });
const add = (...ids: string[]) => {
  for (const id of ids) {
    spool.append({ takenAtMs: 1, evidence: id.endsWith('e'), payload: Buffer.from(id) });
  }
};
const busy = (retryAfterSeconds?: number) =>
  new AppError('collector-busy', 'busy', { retryable: true, ...(retryAfterSeconds && { retryAfterSeconds }) });
const refusal = new AppError('report-refused', 'no', { status: 422 });

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'drain-'));
  spool = openSpool(folder, { maxSizeBytes: 1e7, logger: silentLogger });
  sent = [];
  sentAtMs = [];
  warnings.length = 0;
  answer = async () => {};
  drain = create();
});
afterEach(async () => {
  await drain.stop();
  vi.useRealTimers();
  spool.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('drain', () => {
  it('sends the newest alone first, then evidence, then the rest', async () => {
    add('1', '2e', '3', '4');
    drain.kick();
    await vi.advanceTimersByTimeAsync(100);

    // "Newest first" holds for each request anew: 3 is the newest that the collector does not have yet.
    expect(sent).toEqual([['4'], ['3', '2e', '1']]);
    expect(spool.stats().queuedCount).toBe(0);
  });

  it('sends each new report at once when the link is good', async () => {
    for (const id of ['1', '2', '3']) {
      add(id);
      drain.kick();
      await vi.advanceTimersByTimeAsync(1000);
    }

    expect(sent).toEqual([['1'], ['2'], ['3']]);
  });

  it('never has two requests under way', async () => {
    let release = () => {};
    answer = () => new Promise((resolve) => (release = resolve));
    add('1', '2');
    drain.kick();
    drain.kick();
    add('3');
    drain.kick();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([['2']]);

    answer = async () => {};
    release();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([['2'], ['3', '1']]);
  });

  it.each([
    [0, 1500],
    [0.5, 2000],
    [1, 2500],
  ])('keeps the rate with a quarter of jitter (dice at %d: %d ms apart)', async (random, gapMs) => {
    drain = create(30, random);
    for (let id = 0; id < 120; id++) add(String(id));
    drain.kick();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(sent.map((ids) => ids.length)).toEqual([1, 50, 50, 19]);
    expect(sentAtMs.slice(1).map((atMs, index) => atMs - (sentAtMs[index] ?? 0))).toEqual([gapMs, gapMs, gapMs]);
  });

  it('waits longer after each failure, is not hurried by new reports, and starts again with the newest alone', async () => {
    answer = async () => {
      throw busy();
    };
    add('1', '2');
    drain.kick();
    for (let at = 0; at < 40; at++) {
      await vi.advanceTimersByTimeAsync(100);
      drain.kick();
    }
    // Half of 1, 2 and 4 seconds, since the dice always show one half.
    expect(sentAtMs.map((atMs) => atMs - (sentAtMs[0] ?? 0))).toEqual([0, 500, 1500, 3500]);

    add('3');
    answer = async () => {};
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent.slice(4)).toEqual([['3'], ['2', '1']]);
  });

  it('never comes back before the time that the collector asked for', async () => {
    answer = async () => {
      throw busy(30);
    };
    add('1');
    drain.kick();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(2);
    expect((sentAtMs[1] ?? 0) - (sentAtMs[0] ?? 0)).toBe(37_500);
  });

  it('puts only the bad report aside, whatever batch it came in', async () => {
    answer = async (ids) => {
      if (ids.includes('bad')) throw refusal;
    };
    for (let id = 0; id < 40; id++) add(id === 17 ? 'bad' : String(id));
    drain.kick();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(spool.stats()).toMatchObject({ queuedCount: 0, rejectedCount: 1, droppedCount: 0 });
    const accepted = sent.filter((ids) => !ids.includes('bad')).flat();
    expect(accepted.toSorted()).toEqual(
      Array.from({ length: 40 }, (_, id) => String(id))
        .filter((id) => id !== '17')
        .toSorted(),
    );
    expect(sent.length).toBeLessThan(20);
  });

  it('logs a long outage once and its end once', async () => {
    answer = async () => {
      throw busy();
    };
    add('1');
    drain.kick();
    await vi.advanceTimersByTimeAsync(1_800_000);

    expect(sent.length).toBeGreaterThan(8);
    expect(warnings).toEqual(['Reports wait in the spool.']);
  });

  it('lets the request under way finish when it is stopped, but not for more than 5 seconds', async () => {
    let release = () => {};
    answer = () => new Promise((resolve) => (release = resolve));
    add('1', '2');
    drain.kick();
    const stopped = drain.stop();
    release();
    await stopped;
    expect(spool.stats().queuedCount).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);

    drain = create();
    drain.kick();
    const given = drain.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await given;
    expect(spool.stats().queuedCount).toBe(1);
    release();
  });
});

describe('retry delay', () => {
  it('is a random part of a bound from 1 second to 5 minutes', () => {
    expect([1, 2, 5, 9, 10, 500].map((count) => retryDelayMs(count, undefined, () => 0.999_999))).toEqual(
      [1000, 2000, 16_000, 256_000, 300_000, 300_000].map((boundMs) => boundMs * 0.999_999),
    );
    expect(retryDelayMs(10, undefined, () => 0)).toBe(0);
  });

  it('comes on top of what the collector asked for', () => {
    expect(retryDelayMs(1, 60, () => 0)).toBe(60_000);
    expect(retryDelayMs(1, 60, () => 1)).toBe(90_000);
  });
});
