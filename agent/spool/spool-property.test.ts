import fc from 'fast-check';
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { openSpool, type Spool, type SpoolRecord } from './spool.ts';

type Step =
  | { kind: 'append'; evidence: boolean; sizeBytes: number }
  | { kind: 'acknowledge'; maxCount: number }
  | { kind: 'reject' }
  | { kind: 'reopen' }
  | { kind: 'kill'; loseAcks: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('append'), evidence: fc.boolean(), sizeBytes: fc.nat(9000) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('acknowledge'), maxCount: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reject') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill'), loseAcks: fc.boolean() }) },
) as fc.Arbitrary<Step>;

/** What must hold: everything pending is there; what is settled may come back only after a crash, as a repeat. */
class Model {
  readonly pending = new Map<number, boolean>();
  readonly settled = new Map<number, boolean>();
  mayRepeat = new Set<number>();
  lastId = 0;
}

const folderOf = () => mkdtempSync(join(tmpdir(), 'spool-property-'));
const open = (folder: string) => openSpool(folder, { maxSizeBytes: 400_000, logger: silentLogger });
const idOf = (record: SpoolRecord) => Number(/^\{"id":(\d+)/.exec(record.payload.toString())?.[1]);

function apply(spool: Spool, model: Model, step: Exclude<Step, { kind: 'reopen' | 'kill' }>): void {
  if (step.kind === 'append') {
    const id = ++model.lastId;
    const payload = Buffer.from(`{"id":${id},"text":"${noise(id, step.sizeBytes)}"}`);
    spool.append({ takenAtMs: id, evidence: step.evidence, payload });
    model.pending.set(id, step.evidence);
    return;
  }
  const records = spool.takeBatch({ maxCount: step.kind === 'reject' ? 1 : step.maxCount, maxSizeBytes: 1e9 });
  if (step.kind === 'reject') spool.reject(records, 'no');
  else spool.acknowledge(records);
  for (const record of records) {
    const id = idOf(record);
    expect(model.pending.has(id) || model.mayRepeat.has(id)).toBe(true);
    model.settled.set(id, record.evidence);
    model.pending.delete(id);
    model.mayRepeat.delete(id);
  }
}

function noise(seed: number, length: number): string {
  let state = (seed * 48271) % 2147483647;
  let text = '';
  while (text.length < length) text += (state = (state * 48271) % 2147483647).toString(36);
  return text.slice(0, length);
}

/** As a crash may leave it: some of the unsynced acknowledgements never reached the disk. */
function loseAcknowledgements(folder: string): void {
  for (let number = 1; number < 99; number++) {
    const path = join(folder, `${String(number).padStart(8, '0')}.acked`);
    try {
      truncateSync(path, Math.floor(statSync(path).size / 2));
    } catch {
      // No such segment.
    }
  }
}

function check(spool: Spool, model: Model): void {
  const records = spool.takeBatch({ maxCount: 1e6, maxSizeBytes: 1e9 });
  const ids = records.map(idOf);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of model.pending.keys()) expect(ids).toContain(id);
  for (const id of ids) expect(model.pending.has(id) || model.mayRepeat.has(id)).toBe(true);
  expect(spool.stats()).toMatchObject({ queuedCount: ids.length, droppedCount: 0, damagedCount: 0 });
  expect(ids[0] ?? 0).toBe(Math.max(0, ...ids));
  const rest = records.slice(1).map((record) => [record.evidence ? 1 : 0, idOf(record)]);
  expect(rest).toEqual([...rest].sort(([a = 0, b = 0], [c = 0, d = 0]) => c - a || d - b));
}

describe('spool under random use', () => {
  it('loses nothing unacknowledged and repeats nothing acknowledged except after a crash', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const folder = folderOf();
        const model = new Model();
        let spool = open(folder);
        try {
          for (const step of steps) {
            if (step.kind === 'append' || step.kind === 'acknowledge' || step.kind === 'reject') {
              // The bound on size is another test's subject: stay below it.
              if (step.kind !== 'append' || spool.stats().sizeBytes < 380_000) apply(spool, model, step);
              continue;
            }
            if (step.kind === 'reopen') spool.close();
            else if (step.loseAcks) {
              loseAcknowledgements(folder);
              model.mayRepeat = new Set(model.settled.keys());
            }
            spool = open(folder);
            check(spool, model);
          }
          check(spool, model);
        } finally {
          spool.close();
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});
