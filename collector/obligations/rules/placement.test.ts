import { describe, expect, it } from 'vitest';
import { machine, measured, measuredAtMs as nowMs, measuredRecord } from '../measured-facts.test-kit.ts';
import type { DepartmentSubjectFacts, Judgement, Params } from '../rule.ts';
import { dataInPusatData } from './data-in-pusat-data.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { reference, register } from './registers/register.test-kit.ts';
import { serverInPusatData } from './server-in-pusat-data.ts';

const recheckAtMs = nowMs + 3_600_000;
const inside = machine({ node: 'server-1', stands: 'pusat-data', record: measuredRecord(1) });
const outside = machine({ node: 'server-2', stands: 'elsewhere', record: measuredRecord(2) });
const somewhere = machine({ node: 'server-3', stands: 'unknown', record: measuredRecord(3) });
const router = machine({ node: 'router', stands: 'elsewhere', isRouter: true });
const unheard = machine({ node: 'baru', stands: 'unknown', lastHeardAtMs: undefined });

const withMachines = (...machines: ReturnType<typeof machine>[]) => ({ measured: measured({ machines }) });
const unknown = (reasonCode: string, more: Partial<Judgement> = {}): Judgement => ({
  status: 'no-evidence',
  reasonCode,
  reasonArgs: {},
  evidence: [],
  recheckAtMs,
  ...more,
});
const exempt = { mandiriTikExempt: true };
const decree = { registers: register({ 'mandiri-tik': [{ pd: 'dinkes', number: '12/2026', from: '2026-01-01' }] }) };
const approval = (until: string) => ({
  registers: register({
    'hosting-approval': [
      { pd: 'dinkes', kind: 'server', name: 'SIMPUS', place: 'luar', number: '555/1', from: '2026-01-01', until },
    ],
  }),
});
const elsewhere: Judgement = {
  status: 'breached',
  exceeded: 'finding',
  reasonCode: 'elsewhere',
  sinceAtMs: nowMs,
  reasonArgs: { nodes: 'server-2' },
  evidence: [measuredRecord(2)],
  recheckAtMs,
};

describe('server-in-pusat-data', () => {
  it.each<[string, Partial<DepartmentSubjectFacts>, Params, Judgement]>([
    [
      'all stand there, the router of the office and a machine that never reported apart',
      withMachines(inside, router, unheard),
      {},
      {
        status: 'compliant',
        reasonCode: 'in-pusat-data',
        reasonArgs: { nodes: 'server-1' },
        evidence: [measuredRecord(1)],
        recheckAtMs,
      },
    ],
    ['one stands elsewhere', withMachines(inside, outside, somewhere), {}, elsewhere],
    [
      'it stands elsewhere with an approval',
      { ...withMachines(outside), ...approval('2026-12-31') },
      {},
      {
        status: 'compliant',
        reasonCode: 'approved-elsewhere',
        reasonArgs: { nodes: 'server-2', number: '555/1' },
        evidence: [reference('hosting-approval'), measuredRecord(2)],
        recheckAtMs,
      },
    ],
    ['the approval has ended', { ...withMachines(outside), ...approval('2026-10-31') }, {}, elsewhere],
    [
      'it is a Mandiri TIK by decree, and the regulation lifts the duty for such',
      { ...withMachines(outside), ...decree },
      exempt,
      {
        status: 'not-applicable',
        reasonCode: 'mandiri-tik',
        reasonArgs: {},
        evidence: [reference('mandiri-tik')],
        recheckAtMs,
      },
    ],
    ['it is a Mandiri TIK, and the regulation knows none', { ...withMachines(outside), ...decree }, {}, elsewhere],
    [
      'it is not known where one stands',
      withMachines(inside, somewhere),
      {},
      unknown('place-unknown', { reasonArgs: { nodes: 'server-3' }, evidence: [measuredRecord(3)] }),
    ],
    ['there is no server', withMachines(router), {}, unknown('no-server')],
  ])('when %s', (_name, patch, params, expected) => {
    expect(serverInPusatData.judge(department(patch), params, nowMs)).toEqual(expected);
  });
});

describe('data-in-pusat-data', () => {
  const holding = (node: string, seq: number, count = 1): DepartmentSubjectFacts['nodes'][number] => ({
    node,
    valuables: Array.from({ length: count }, () => ({ node, kind: 'database', name: 'PostgreSQL', path: undefined })),
    datasets: [],
    record: measuredRecord(seq),
  });
  const all = withMachines(inside, outside, somewhere);

  it.each<[string, Partial<DepartmentSubjectFacts>, Params, Judgement]>([
    [
      'it stands on a server there, and the one elsewhere holds none',
      { ...all, nodes: [holding('server-1', 1), holding('server-2', 2, 0)] },
      {},
      {
        status: 'compliant',
        reasonCode: 'data-in-pusat-data',
        reasonArgs: { nodes: 'server-1' },
        evidence: [measuredRecord(1)],
        recheckAtMs,
      },
    ],
    [
      'some stands on a server elsewhere',
      { ...all, nodes: [holding('server-1', 1), holding('server-2', 2)] },
      {},
      { ...elsewhere, reasonCode: 'data-elsewhere' },
    ],
    [
      'the regulation means the office’s own Pusat Data',
      { ...all, nodes: [holding('server-2', 2)] },
      { managedBy: 'perangkat-daerah' },
      {
        status: 'compliant',
        reasonCode: 'kept-by-office',
        reasonArgs: { nodes: 'server-2' },
        evidence: [measuredRecord(2)],
        recheckAtMs,
      },
    ],
    [
      'it is a Mandiri TIK by the configuration',
      { ...all, isMandiriTik: true, nodes: [holding('server-2', 2)] },
      exempt,
      { status: 'not-applicable', reasonCode: 'mandiri-tik', reasonArgs: {}, evidence: [], recheckAtMs },
    ],
    [
      'it is not known where its server stands',
      { ...all, nodes: [holding('server-3', 3)] },
      {},
      unknown('place-unknown', { reasonArgs: { nodes: 'server-3' }, evidence: [measuredRecord(3)] }),
    ],
    [
      'no data was found',
      { ...all, nodes: [holding('server-2', 2, 0)] },
      {},
      unknown('no-data-found', { evidence: [measuredRecord(2)] }),
    ],
    ['no inventory came in', all, {}, unknown('no-inventory')],
  ])('when %s', (_name, patch, params, expected) => {
    expect(dataInPusatData.judge(department(patch), params, nowMs)).toEqual(expected);
  });
});
