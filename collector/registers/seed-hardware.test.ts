import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { registerDesk } from '../../test/kit/served-app.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { seedHardware, type SeenMachine } from './seed-hardware.ts';

const inventory = (system: object) => JSON.stringify({ takenAt: '2026-11-22T03:00:00Z', system, os: {}, cpu: {} });
const machine = (patch: Partial<SeenMachine> = {}): SeenMachine => ({
  pd: 'dinkes',
  site: 'kantor',
  node: 'server-1',
  isRouter: false,
  inventory: inventory({ manufacturer: 'Dell Inc.', model: 'PowerEdge R740', serial: 'ABC1234', virtual: false }),
  ...patch,
});

async function desk() {
  const agents = [testAgent({ key: 1 }), testAgent({ key: 2, node: 'router-1' })];
  const bench = await judgingBench({ config: testConfig(), agents });
  return { bench, desk: registerDesk(bench, temporaryFolder()) };
}

const looked = { apply: false, actor: 'siti' };
const applied = { apply: true, actor: 'siti' };

describe('the register of hardware', () => {
  it('is proposed what agents told of their machines', async () => {
    const { desk: open } = await desk();
    const router = machine({ node: 'router-1', isRouter: true, inventory: undefined });
    const found = await seedHardware(open, [machine(), router], looked);
    const server = { node: 'server-1', name: 'server-1', kind: 'server', model: 'Dell Inc. PowerEdge R740' };
    expect(found).toEqual({
      isApplied: false,
      entries: [
        { pd: 'dinkes', values: { ...server, serial: 'ABC1234', site: 'kantor' } },
        { pd: 'dinkes', values: { node: 'router-1', name: 'router-1', kind: 'router', site: 'kantor' } },
      ],
      knownCount: 0,
    });
  });

  it.each(['', '-', 'None', 'To Be Filled By O.E.M.', 'Default string', '00000000', 'System Serial Number'])(
    'takes %j for no serial number',
    async (serial) => {
      const { desk: open } = await desk();
      const { entries } = await seedHardware(open, [machine({ inventory: inventory({ serial }) })], looked);
      expect(entries).toEqual([
        { pd: 'dinkes', values: { node: 'server-1', name: 'server-1', kind: 'server', site: 'kantor' } },
      ]);
    },
  );

  it('keeps what people have entered of a machine, found again by its node or its serial number', async () => {
    const { bench, desk: open } = await desk();
    const kind = open.kind('hardware');
    const own = { name: 'Server SIMPUS', kind: 'server', serial: 'ABC1234', condition: 'baik' };
    await open.put(kind, { pd: 'dinkes', values: own }, 'budi');
    await open.put(kind, { pd: 'dinkes', values: { node: 'router-1', name: 'Mikrotik', kind: 'router' } }, 'budi');
    const router = machine({ node: 'router-1', isRouter: true, inventory: undefined });

    expect(await seedHardware(open, [machine(), router], applied)).toEqual({
      isApplied: true,
      entries: [],
      knownCount: 2,
    });
    expect(bench.registers.entries('hardware').map(({ values }) => values['name'])).toEqual([
      'Server SIMPUS',
      'Mikrotik',
    ]);
  });

  it('gets nothing of a machine whose department is configured no more', async () => {
    const { desk: open } = await desk();
    expect(await seedHardware(open, [machine({ pd: 'hilang' })], applied)).toMatchObject({ entries: [] });
  });
});
