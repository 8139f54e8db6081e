import { describe, expect, it } from 'vitest';
import type { DepartmentSubjectFacts, Judgement } from '../rule.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { nowMs, reference, register } from './registers/register.test-kit.ts';
import { softwareRegistered } from './software-registered.ts';

type Row = Record<string, string>;
const program = (more: Row = {}): Row => ({
  pd: 'dinkes',
  name: 'SIMPUS',
  node: 'server-1',
  registrationNumber: '1/2026',
  ...more,
});
const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

function server(seq: number, kind = 'database'): DepartmentSubjectFacts['nodes'][number] {
  const node = `server-${seq}`;
  return {
    node,
    valuables: [{ node, kind, name: 'MySQL/MariaDB', path: undefined }],
    datasets: [],
    record: record(seq),
  };
}

function judge(rows: Row[], nodes: DepartmentSubjectFacts['nodes'] = []): Judgement {
  return softwareRegistered.judge(department({ registers: register({ software: rows }), nodes }), {}, nowMs);
}

describe('software-registered', () => {
  it('accuses nobody while the register of the department is empty, whatever its servers hold', () => {
    expect(judge([program({ pd: 'dukcapil' })], [server(1)])).toEqual({
      status: 'no-evidence',
      reasonCode: 'none-registered',
      reasonArgs: {},
      evidence: [],
      endsBreach: true,
    });
  });

  it('is content when all have their number and every server with data has software', () => {
    expect(judge([program()], [server(1), server(2, 'guest')])).toEqual({
      status: 'compliant',
      reasonCode: 'registered',
      reasonArgs: { thingCount: 1 },
      evidence: [reference('software'), record(1), record(2)],
    });
  });

  it('misses a number', () => {
    expect(judge([program(), program({ name: 'SIRS', registrationNumber: '' })], [server(1)])).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'without-number',
      reasonArgs: { things: 'SIRS', thingCount: 1 },
      evidence: [reference('software', 2)],
    });
  });

  it('finds a server with a database for which no software is registered', () => {
    expect(judge([program()], [server(1), server(2)])).toEqual({
      status: 'breached',
      exceeded: 'finding',
      sinceAtMs: nowMs,
      reasonCode: 'not-registered',
      reasonArgs: { nodes: 'server-2', things: 'server-2: MySQL/MariaDB' },
      evidence: [record(2), reference('software')],
    });
    // An entry without a server may be about any.
    expect(judge([program(), program({ node: '' })], [server(1), server(2)]).status).toBe('compliant');
  });
});
