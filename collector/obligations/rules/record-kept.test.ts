import { describe, expect, it } from 'vitest';
import type { Judgement, Params } from '../rule.ts';
import { departmentRecordKept } from './department-record-kept.ts';
import { recordKept } from './record-kept.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { dayStart, nowMs, pemda, reference, register } from './registers/register.test-kit.ts';

type Row = Record<string, string>;
const row = (more: Row = {}): Row => ({ topic: 'cable-label', title: 'Label kabel', date: '2026-03-01', ...more });
const judge = (rows: Row[], params: Params = {}): Judgement =>
  recordKept.judge(pemda({ record: rows }), { topic: 'cable-label', ...params }, nowMs);
const args = { topic: 'cable-label', title: 'Label kabel', lastDay: '2026-03-01' };
const evidence = [reference('record')];

describe('record-kept', () => {
  it.each<[string, Row[], Params, Judgement]>([
    [
      'nothing is on record',
      [row({ topic: 'vendor' })],
      {},
      {
        status: 'no-evidence',
        reasonCode: 'no-record',
        reasonArgs: { topic: 'cable-label' },
        evidence: [],
        endsBreach: true,
      },
    ],
    ['one is enough', [row()], {}, { status: 'compliant', reasonCode: 'kept', reasonArgs: args, evidence }],
    [
      'it says that there is no result',
      [row({ result: 'belum' })],
      {},
      { status: 'no-evidence', reasonCode: 'not-yet', reasonArgs: args, evidence, endsBreach: true },
    ],
    [
      'a person found that it does not conform',
      [row({ result: 'tidak-sesuai' })],
      {},
      {
        status: 'breached',
        exceeded: 'violation',
        severity: 'warning',
        sinceAtMs: dayStart('2026-03-01'),
        reasonCode: 'not-conforming',
        reasonArgs: args,
        evidence,
      },
    ],
    [
      'its document is valid for a while yet',
      [row({ validUntil: '2027-03-01' })],
      {},
      { status: 'compliant', reasonCode: 'kept', reasonArgs: args, evidence, recheckAtMs: dayStart('2027-01-30') },
    ],
    [
      'its document ends soon',
      [row({ validUntil: '2026-12-01' })],
      {},
      {
        status: 'compliant',
        reasonCode: 'ends-soon',
        reasonArgs: { ...args, untilDay: '2026-12-01' },
        evidence,
        recheckAtMs: dayStart('2026-12-02'),
      },
    ],
    [
      'its document has ended',
      [row({ validUntil: '2026-11-24' })],
      {},
      {
        status: 'breached',
        exceeded: 'finding',
        sinceAtMs: dayStart('2026-11-25'),
        reasonCode: 'ended',
        reasonArgs: { ...args, untilDay: '2026-11-24' },
        evidence,
      },
    ],
    [
      'a new one is due after our own number of days',
      [row()],
      { everyDays: 180 },
      {
        status: 'breached',
        exceeded: 'indication',
        severity: 'info',
        sinceAtMs: dayStart('2026-08-29'),
        reasonCode: 'overdue',
        reasonArgs: { ...args, dueDay: '2026-08-28', periodOrigin: 'setting' },
        evidence,
      },
    ],
    [
      'a new one is not due yet',
      [row()],
      { everyYears: 1 },
      {
        status: 'compliant',
        reasonCode: 'done',
        reasonArgs: { ...args, dueDay: '2027-03-01', periodOrigin: 'setting' },
        evidence,
        recheckAtMs: dayStart('2027-01-30'),
      },
    ],
  ])('%s', (_name, rows, params, expected) => {
    expect(judge(rows, params)).toEqual(expected);
  });

  it('goes by the newest record, and looks again when one that is entered for later begins', () => {
    const rows = [row({ result: 'tidak-sesuai', date: '2026-01-05' }), row({ result: 'sesuai' })];

    expect(judge(rows)).toMatchObject({ status: 'compliant', evidence: [reference('record', 2)] });
    expect(judge([row(), row({ date: '2026-12-24' })]).recheckAtMs).toBe(dayStart('2026-12-24'));
  });

  it('is no matter of what another department entered', () => {
    expect(judge([row({ pd: 'dinkes' })]).status).toBe('no-evidence');
    expect(judge([row({ pd: 'diskominfo' })]).status).toBe('compliant');
  });
});

describe('department-record-kept', () => {
  const ask = (rows: Row[]) =>
    departmentRecordKept.judge(department({ registers: register({ record: rows }) }), { topic: 'cable-label' }, nowMs);

  it('is about what was entered for the department itself', () => {
    expect(ask([row({ pd: 'dinkes' })])).toMatchObject({ status: 'compliant', reasonCode: 'kept', evidence });
    expect(ask([row({ pd: 'dukcapil' })])).toMatchObject({ status: 'no-evidence', evidence: [] });
    expect(ask([row()])).toMatchObject({ status: 'no-evidence', evidence: [] });
  });
});
