import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { registerDesk } from '../../test/kit/served-app.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { silentLogger } from '../../shared/logger.ts';
import { regulationNamed } from '../obligations/regulations/registry.ts';
import { openRegisters } from './registers.ts';

const lebong = regulationNamed('lebong-perbup-22-2022');
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const values = { scope: 'infrastruktur', date: '2026-10-01', auditor: 'BSSN', auditorKind: 'eksternal' };

/** A Pemda whose only duties rest on registers. */
async function office() {
  const duties = { 'audit-due': { scope: 'infrastruktur' }, 'department-record-kept': { topic: 'sop' } };
  const [model] = lebong?.obligations ?? [];
  if (lebong === undefined || model === undefined) throw new Error('no regulation to take after');
  const obligations = Object.entries(duties).map(([rule, params]) => ({ ...model, id: `uji-${rule}`, rule, params }));
  const config = { ...testConfig(), regulations: ['uji'], ownRegulations: [{ ...lebong, id: 'uji', obligations }] };
  const bench = await judgingBench({ config, agents: [], startsAtMs });
  const desk = registerDesk(bench, temporaryFolder());
  const judged = async (subject: string, rule: keyof typeof duties) => {
    await bench.judging.settled();
    return bench.verdict(subject, `uji-${rule}`);
  };
  return { bench, desk, kind: desk.kind('audit'), judged };
}

describe('what is entered', () => {
  it('is judged at once, when it is made, changed and taken out, and is the evidence of the verdict', async () => {
    const { bench, desk, kind, judged } = await office();
    expect(await judged('pemda', 'audit-due')).toBe('no-evidence no-audit');
    const { id } = await desk.put(kind, { pd: undefined, values }, 'siti');
    expect(await judged('pemda', 'audit-due')).toBe('compliant done');
    expect(bench.verdictRow('pemda', 'uji-audit-due')?.evidence).toEqual([
      { register: 'audit', entry: id, revision: 1 },
    ]);

    await desk.put(kind, { id, revision: 1, pd: undefined, values: { ...values, date: '2020-10-01' } }, 'siti');
    expect(await judged('pemda', 'audit-due')).toBe('breached overdue');
    await desk.remove(kind, id, 2, 'siti');
    expect(await judged('pemda', 'audit-due')).toMatch(/^no-evidence/);
  });

  it('concerns the department that it speaks of, also the one that it spoke of before', async () => {
    const { desk, judged } = await office();
    const kind = desk.kind('record');
    const sop = { topic: 'sop', title: 'SOP pencadangan', date: '2026-10-01' };
    const of = () => Promise.all(['dinkes', 'diskominfo'].map((pd) => judged(pd, 'department-record-kept')));
    const [none] = await of();
    expect(none).toMatch(/^no-evidence/);
    const { id } = await desk.put(kind, { pd: 'dinkes', values: sop }, 'siti');
    expect(await of()).toEqual([expect.stringMatching(/^compliant/), none]);
    await desk.put(kind, { id, revision: 1, pd: 'diskominfo', values: sop }, 'siti');
    expect(await of()).toEqual([none, expect.stringMatching(/^compliant/)]);
  });

  it('is judged when another process has entered it, and after a restart', async () => {
    const { bench, judged } = await office();
    const { store, clock } = bench;
    const other = await openRegisters({ port: store.registers, clock, logger: silentLogger });
    const change = { register: 'audit', entry: 'REG-1', expectedRevision: 0, pd: undefined, values, attachments: [] };
    await other.write([change], { actor: 'budi', action: 'register-import', subject: 'audit', detail: '' });
    expect(await judged('pemda', 'audit-due')).toBe('no-evidence no-audit');
    await bench.registers.follow();
    expect(await judged('pemda', 'audit-due')).toBe('compliant done');
    await bench.restart();
    expect(await judged('pemda', 'audit-due')).toBe('compliant done');
  });
});
