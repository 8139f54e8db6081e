import { describe, expect, it } from 'vitest';
import { addClaim, type DatasetFacts } from '../facts/dataset-facts.ts';
import type { PingRow } from '../store/rows.ts';
import { pingClaim } from './ping-claim.ts';

const midnightMs = Date.parse('2026-11-22T00:00:00Z');
const rid = '123e4567-e89b-12d3-a456-426614174000';
const other = 'aaaaaaaa-e89b-12d3-a456-426614174000';

type Heard = [kind: PingRow['kind'], time: string, rid?: string];

/** `DD HH:MM[:SS]` of November 2026, in UTC. */
const at = (time: string): number => {
  const [day = '', clock = ''] = time.split(' ');
  return Date.parse(`2026-11-${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
};
const shown = (atMs: number | undefined) =>
  atMs === undefined ? '–' : new Date(atMs).toISOString().slice(8, 19).replace('T', ' ').replace(/:00$/, '');

function ping([kind, time, rid]: Heard): PingRow {
  const atMs = at(time);
  const where = { pd: 'dinkes', dataset: 'simpus', userAgent: 'curl', remoteAddress: '10.0.0.1' };
  return { ...where, kind, atMs, receivedAtMs: midnightMs, rid, exitStatus: undefined, body: Buffer.alloc(0) };
}

/** What is known after all these pings, and what the last of them claims. */
function after(pings: readonly Heard[]) {
  let facts: DatasetFacts | undefined;
  let claim;
  for (const [index, each] of pings.entries()) {
    claim = pingClaim({ row: ping(each), saidAtMs: undefined, lastLines: [] }, index + 1, facts);
    if (claim !== undefined) facts = addClaim(facts, claim).facts;
  }
  return { claim, facts };
}

const startOf = (...pings: Heard[]) => shown(after(pings).claim?.startedAtMs);

describe('the beginning of a run', () => {
  it('is the start before its end', () => {
    expect(startOf(['start', '21 01:00'], ['success', '21 01:40'])).toBe('21 01:00');
    expect(startOf(['start', '21 01:00'], ['log', '21 01:10'], ['fail', '21 01:40'])).toBe('21 01:00');
    expect(startOf(['start', '21 01:00'], ['start', '21 01:05'], ['success', '21 01:40'])).toBe('21 01:05');
    expect(startOf(['start', '21 01:00'], ['success', '21 01:00'])).toBe('21 01:00');
  });

  it('is not known where nothing began, or what began has ended', () => {
    expect(startOf(['success', '21 01:40'])).toBe('–');
    expect(startOf(['start', '21 01:00'], ['success', '21 01:40'], ['success', '21 01:50'])).toBe('–');
    expect(startOf(['start', '21 01:00'], ['fail', '21 01:40'], ['success', '21 01:50'])).toBe('–');
    expect(startOf(['start', '21 01:00'], ['success', '20 23:00'])).toBe('–');
  });

  it('is no start of more than three days before', () => {
    expect(startOf(['start', '18 01:00'], ['success', '21 01:00'])).toBe('18 01:00');
    expect(startOf(['start', '18 01:00'], ['success', '21 01:00:01'])).toBe('–');
  });

  it('is told by the id of the run', () => {
    expect(startOf(['start', '21 01:00', rid], ['start', '21 01:05', other], ['success', '21 01:40', rid])).toBe(
      '21 01:00',
    );
    expect(startOf(['start', '21 01:00', other], ['success', '21 01:40', rid])).toBe('–');
    expect(startOf(['start', '21 01:00'], ['success', '21 01:40', rid])).toBe('–');
  });

  it('is the last that goes on for an end without an id', () => {
    expect(startOf(['start', '21 01:00', rid], ['success', '21 01:40'])).toBe('21 01:00');
    expect(startOf(['start', '21 01:00', rid], ['success', '21 01:20', other], ['success', '21 01:40'])).toBe(
      '21 01:00',
    );
    expect(startOf(['start', '21 01:00', rid], ['fail', '21 01:20', other], ['success', '21 01:40'])).toBe('–');
  });

  it('does not depend on the order in which late pings come', () => {
    expect(
      startOf(['start', '21 01:00'], ['success', '21 01:40'], ['start', '20 01:00'], ['success', '20 01:40']),
    ).toBe('20 01:00');
  });
});

describe('the id of a run', () => {
  const runs = (...pings: Heard[]) => {
    const { facts } = after(pings);
    const of = (list: { runId: string | undefined }[] = []) => list.map(({ runId }) => runId?.replace(rid, 'R'));
    return { starts: of(facts?.starts), successes: of(facts?.successes), failures: of(facts?.failures) };
  };

  it('is what the caller gave, for beginning and end alike', () => {
    const once = { starts: ['R'], successes: ['R'], failures: [] };

    expect(runs(['start', '21 01:00', rid], ['success', '21 01:40', rid])).toEqual(once);
    expect(runs(['success', '21 01:40', rid], ['start', '21 01:00', rid])).toEqual(once);
  });

  it('is the same when a client sends again what it got no answer to', () => {
    const pings: Heard[] = [
      ['start', '21 01:00', rid],
      ['start', '21 01:00:09', rid],
      ['success', '21 01:40', rid],
      ['success', '21 01:40:30', rid],
    ];

    expect(runs(...pings)).toEqual({ starts: ['R'], successes: ['R'], failures: [] });
  });

  it('does not make one run of the nights of a script that gives the same id always', () => {
    const nights = ['19', '20', '21'].flatMap((day): Heard[] => [
      ['start', `${day} 01:00`, rid],
      ['success', `${day} 01:40`, rid],
    ]);
    const { facts } = after(nights);

    expect(facts?.successes.map(({ completedAtMs }) => shown(completedAtMs))).toEqual([
      '21 01:40',
      '20 01:40',
      '19 01:40',
    ]);
    expect(facts?.successes.map(({ startedAtMs }) => shown(startedAtMs))).toEqual(['21 01:00', '20 01:00', '19 01:00']);
    expect(new Set(facts?.starts.map(({ runId }) => runId)).size).toBe(3);
    expect(facts?.starts.map(({ runId }) => runId)).toEqual(facts?.successes.map(({ runId }) => runId));
  });

  it('holds such a script apart without starts, after a run that never ended, and minutes apart', () => {
    const count = (...pings: Heard[]) => after(pings).facts;

    expect(count(['success', '20 01:40', rid], ['success', '21 01:40', rid])?.successes).toHaveLength(2);
    expect(count(['start', '20 01:00', rid], ['start', '21 01:00', rid])?.starts).toHaveLength(2);
    expect(count(['success', '21 01:00', rid], ['success', '21 01:01', rid])?.successes).toHaveLength(2);
    expect(count(['fail', '20 01:40', rid], ['fail', '21 01:40', rid])?.failures).toHaveLength(2);
  });

  it('fits the wire', () => {
    const { facts } = after([
      ['success', '20 01:40', rid],
      ['success', '21 01:40', rid],
    ]);

    for (const { runId } of facts?.successes ?? []) expect(runId).toMatch(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/);
  });
});
