import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { Envelope, Report } from '../../shared/report-schema.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { clockToleranceMs, effectiveTakenAtMs, oldestAcceptedMs } from './effective-time.ts';

const receivedAtMs = Date.parse('2026-11-22T03:00:00Z');
const agent = testAgent();

interface Told {
  /** What the agent's own clock said when it took the report. */
  ownMs: number;
  /** Uptime at the report and at the sending, in seconds. */
  takenUp: number;
  sentUp: number;
  sameBoot?: boolean;
}

function tell({ ownMs, takenUp, sentUp, sameBoot = true }: Told): [Envelope, Report] {
  const report = agent.report(ownMs);
  const host = { ...report.host, bootId: sameBoot ? 'aaaaaaaa' : 'bbbbbbbb', uptimeSeconds: takenUp };
  const envelope = { ...agent.envelope([], receivedAtMs), bootId: 'aaaaaaaa', uptimeSeconds: sentUp };
  return [envelope, { ...report, host }];
}

function timeOf(told: Told): number {
  return effectiveTakenAtMs(...tell(told), 3, receivedAtMs);
}

function refusal(told: Told): Pick<AppError, 'code' | 'status' | 'field'> {
  try {
    timeOf(told);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, status: error.status, field: error.field };
    throw error;
  }
  throw new Error('it was accepted');
}

const hourMs = 3_600_000;

describe('the time of a report', () => {
  it('is the agent’s own, to the millisecond, when its clock is right', () => {
    expect(timeOf({ ownMs: receivedAtMs - 1234, takenUp: 100, sentUp: 101.2 })).toBe(receivedAtMs - 1234);
  });

  it('is the agent’s own as far as the tolerance goes, and not a millisecond further', () => {
    const taken = { takenUp: 100, sentUp: 100 };

    expect(timeOf({ ...taken, ownMs: receivedAtMs - clockToleranceMs })).toBe(receivedAtMs - clockToleranceMs);
    expect(timeOf({ ...taken, ownMs: receivedAtMs - clockToleranceMs - 1 })).toBe(receivedAtMs);
  });

  it.each([
    ['in 1970', Date.parse('1970-01-01T00:02:00Z')],
    ['seven hours ahead', receivedAtMs + 7 * hourMs],
    ['seven hours behind', receivedAtMs - 7 * hourMs],
    ['in the year 9999', Date.parse('9999-12-31T23:59:59Z')],
  ])('follows from the uptime when the machine’s clock is %s', (_name, ownMs) => {
    expect(timeOf({ ownMs, takenUp: 1000, sentUp: 4600 })).toBe(receivedAtMs - hourMs);
  });

  it('is the agent’s own across a boot, however long ago', () => {
    const ownMs = receivedAtMs - 20 * 86_400_000;

    expect(timeOf({ ownMs, takenUp: 9e6, sentUp: 30, sameBoot: false })).toBe(ownMs);
  });

  it.each([
    ['its own clock says so across a boot', { ownMs: receivedAtMs + 31_000, takenUp: 1, sentUp: 1, sameBoot: false }],
    ['its uptime is above that of the sending', { ownMs: receivedAtMs, takenUp: 132, sentUp: 100 }],
  ])('is refused when it lies in the future because %s', (_name, told) => {
    expect(refusal(told)).toEqual({ code: 'time-in-future', status: 422, field: '/reports/3/takenAt' });
  });

  it.each([
    ['its own clock says so across a boot', { ownMs: 0, takenUp: 1, sentUp: 1, sameBoot: false }],
    ['the machine has run for longer since', { ownMs: receivedAtMs, takenUp: 0, sentUp: oldestAcceptedMs / 1000 + 1 }],
  ])('is refused when it is older than 400 days because %s', (_name, told) => {
    expect(refusal(told)).toEqual({ code: 'time-too-old', status: 422, field: '/reports/3/takenAt' });
  });

  it('is a whole number of milliseconds whatever the uptimes', () => {
    const told = { ownMs: 0, takenUp: 1 / 3, sentUp: 1000 / 7 };

    expect(Number.isInteger(timeOf(told))).toBe(true);
  });
});
