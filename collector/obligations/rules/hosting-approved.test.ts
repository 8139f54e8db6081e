import { describe, expect, it } from 'vitest';
import type { Judgement } from '../rule.ts';
import { hostingApproved } from './hosting-approved.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { dayStart, nowMs, reference, register } from './registers/register.test-kit.ts';

type Row = Record<string, string>;
const site = 'https://dinkes.lebongkab.go.id/';
const approval = (more: Row = {}): Row => ({
  pd: 'dinkes',
  kind: 'situs',
  name: 'Dinkes.lebongkab.go.id',
  place: 'pusat-data',
  number: '555/12/2026',
  from: '2026-01-01',
  ...more,
});
function judge(rows: Row[], websites: string[] = [site], params = {}): Judgement {
  const registers = register({ 'hosting-approval': rows });
  return hostingApproved.judge(department({ registers, websites }), params, nowMs);
}
const letter = { name: 'Dinkes.lebongkab.go.id', number: '555/12/2026' };
const evidence = [reference('hosting-approval')];

describe('hosting-approved', () => {
  it.each<[string, Row[], Judgement]>([
    [
      'no approval names the address',
      [approval({ name: 'Situs Dinas Kesehatan' }), approval({ kind: 'server' }), approval({ pd: 'dukcapil' })],
      {
        status: 'no-evidence',
        reasonCode: 'website-without-approval',
        reasonArgs: { website: 'dinkes.lebongkab.go.id' },
        evidence: [],
        endsBreach: true,
      },
    ],
    [
      'it was approved for good',
      [approval()],
      { status: 'compliant', reasonCode: 'approved', reasonArgs: letter, evidence },
    ],
    [
      'its approval lasts a while yet',
      [approval({ until: '2027-12-31' })],
      {
        status: 'compliant',
        reasonCode: 'approved',
        reasonArgs: letter,
        evidence,
        recheckAtMs: dayStart('2027-11-01'),
      },
    ],
    [
      'its approval ends today',
      [approval({ until: '2026-11-25' })],
      {
        status: 'compliant',
        reasonCode: 'approval-ends-soon',
        reasonArgs: { ...letter, untilDay: '2026-11-25' },
        evidence,
        recheckAtMs: dayStart('2026-11-26'),
      },
    ],
    [
      'its approval has ended, and the next one begins in December',
      [approval({ until: '2026-10-31' }), approval({ from: '2026-12-01' })],
      {
        status: 'breached',
        exceeded: 'finding',
        sinceAtMs: dayStart('2026-11-01'),
        reasonCode: 'approval-ended',
        reasonArgs: { ...letter, untilDay: '2026-10-31' },
        evidence,
        recheckAtMs: dayStart('2026-12-01'),
      },
    ],
  ])('%s', (_name, rows, expected) => {
    expect(judge(rows)).toEqual(expected);
  });

  it('asks nothing of a department without a website', () => {
    expect(judge([], [])).toEqual({ status: 'not-applicable', reasonCode: 'no-website', reasonArgs: {}, evidence: [] });
  });

  it('asks for an approval of each website', () => {
    const both = [site, 'http://ppid.lebongkab.go.id:8080/'];

    expect(judge([approval()], both)).toMatchObject({
      status: 'no-evidence',
      reasonArgs: { website: 'ppid.lebongkab.go.id' },
    });
    expect(judge([approval(), approval({ name: 'https://ppid.lebongkab.go.id' })], both)).toMatchObject({
      status: 'compliant',
      evidence: [reference('hosting-approval'), reference('hosting-approval', 2)],
    });
  });

  it('asks for one approval of a server, whatever its name', () => {
    const params = { kind: 'server' };

    expect(judge([], [], params)).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'no-approval',
      reasonArgs: params,
    });
    expect(judge([approval({ kind: 'server', name: 'SIMPUS' })], [], params)).toMatchObject({
      status: 'compliant',
      reasonArgs: { name: 'SIMPUS' },
    });
  });
});
