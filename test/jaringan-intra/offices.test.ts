import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { agentStopped, lanOut, powerCut, routerStarting, serverOff, wanCableOut } from './faults.ts';
import { prove } from './prove.ts';
import { diskominfo, nameOf } from './world-config.ts';
import { untilRouterRead } from './watch.ts';
import { startWorld } from './world.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl', 'unshare', 'snmpd'] });

/** Faults at the three offices at the same time, so that they must be told apart. The second one runs its own LAN. */
describe.skipIf(!needed.ok)(`an office of the kabupaten ${needed.reason}`, () => {
  it('whose cable is out, whose LAN is out, whose agent is stopped: three faults, three owners', async () => {
    const world = await startWorld({ intervalSeconds: 5 });
    const [dinkes, disdik, dukcapil] = world.offices;
    await prove(world, [
      {
        fault: wanCableOut(dinkes),
        tells: `dinkes/kantor wan-down: ${diskominfo}`,
        cause: 'wan',
        colours: { dinkes: { wan: 'downSeconds', lan: 'upSeconds' } },
      },
      {
        fault: lanOut(disdik),
        tells: `disdik/kantor lan-or-server-down: ${nameOf('disdik')}`,
        mayEndAs: `disdik/kantor lan-segment-down: ${nameOf('disdik')}`,
        cause: 'lan',
        colours: { disdik: { wan: 'upSeconds', lan: 'downSeconds' } },
      },
      {
        fault: agentStopped(dukcapil),
        tells: `dukcapil/kantor agent-stopped: ${nameOf('dukcapil')}`,
        cause: 'agent',
        colours: { dukcapil: { wan: 'upSeconds', lan: 'unknownSeconds' } },
      },
    ]);
    expect(world.alerts()).toHaveLength(6);
  }, 240_000);

  it('without its server, without power, without its router for a while', async () => {
    const world = await startWorld({ intervalSeconds: 5, snmp: true });
    const [dinkes, disdik, dukcapil] = world.offices;
    const before = await untilRouterRead(world, 0);
    await prove(world, [
      {
        fault: serverOff(dinkes),
        tells: `dinkes/kantor lan-or-server-down: ${diskominfo}`,
        cause: 'server',
        colours: { dinkes: { wan: 'upSeconds', lan: 'unknownSeconds' } },
      },
      {
        fault: powerCut(disdik),
        tells: `disdik/kantor wan-down: ${diskominfo}`,
        cause: 'power',
        colours: { disdik: { wan: 'downSeconds', lan: 'unknownSeconds' } },
      },
      {
        fault: routerStarting(dukcapil, world.router),
        tells: `dukcapil/kantor wan-down: ${diskominfo}`,
        // The machines behind it were on and found their gateway silent.
        cause: 'lan',
        colours: { dukcapil: { wan: 'downSeconds', lan: 'downSeconds' } },
      },
    ]);
    expect(world.alerts()).toHaveLength(6);
    const after = await untilRouterRead(world, Date.parse(before.bootedAt));
    expect(after.interfaces).toEqual(before.interfaces);
    expect(after.interfaces).toContainEqual({ name: 'wan', up: true, isWan: true });
  }, 240_000);
});
