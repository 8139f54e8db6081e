import { expect, it } from 'vitest';
import type { DepartmentSubjectFacts } from '../rule.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { nowMs, reference, register } from './registers/register.test-kit.ts';
import { segmentOwnerNamed } from './segment-owner-named.ts';

const judge = (patch: Partial<DepartmentSubjectFacts>) => segmentOwnerNamed.judge(department(patch), {}, nowMs);
const decree = { pd: 'dinkes', topic: 'lan-operator', title: 'SK Operator LAN', date: '2026-02-01' };
const lanOperator = { by: 'perangkat-daerah' as const, basis: 'SK 12/2026' };

it('is met by a decree on record, whatever the configuration says', () => {
  expect(judge({ registers: register({ record: [decree] }), lanOperator })).toMatchObject({
    status: 'compliant',
    reasonCode: 'kept',
    evidence: [reference('record')],
  });
});

it('is not met by what is only configured, nor by a record of something else', () => {
  expect(judge({ lanOperator })).toMatchObject({
    status: 'no-evidence',
    reasonCode: 'only-configured',
    reasonArgs: { operator: 'perangkat-daerah', basis: 'SK 12/2026' },
  });
  expect(judge({ registers: register({ record: [{ ...decree, topic: 'vendor' }] }) })).toMatchObject({
    status: 'no-evidence',
    reasonCode: 'no-record',
  });
});

it('is breached by a decree that has ended', () => {
  expect(judge({ registers: register({ record: [{ ...decree, validUntil: '2026-10-31' }] }) })).toMatchObject({
    status: 'breached',
    reasonCode: 'ended',
    exceeded: 'finding',
  });
});
