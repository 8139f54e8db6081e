import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNamespace, namespaceObstacle, runInNamespace } from '../probes/namespace-for-tests.ts';
import { createInterfacesSensor, isUp, parseSpeed } from './interfaces.ts';
import { schemaErrors } from './report-checks.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interfaces-'));
  mkdirSync(join(folder, 'net'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A small /proc and /sys: interfaces with the sysfs attributes given for each. */
function kernel(interfaces: Record<string, Record<string, string>>): void {
  const numbers = Array.from({ length: 16 }, (_, index) => index + 1).join(' ');
  writeFileSync(
    join(folder, 'net/dev'),
    Object.keys(interfaces)
      .map((name) => `${name}: ${numbers}\n`)
      .join(''),
  );
  for (const [name, attributes] of Object.entries(interfaces)) {
    mkdirSync(join(folder, 'class/net', name), { recursive: true });
    for (const [attribute, value] of Object.entries(attributes)) {
      writeFileSync(join(folder, 'class/net', name, attribute), `${value}\n`);
    }
  }
}
const sensorWith = (...addressed: string[]) =>
  createInterfacesSensor({ proc: folder, sys: folder, addressed: () => new Set(addressed) });
const namesOf = async (sensor: ReturnType<typeof sensorWith>) => {
  const measurement = await sensor.read();
  return measurement.outcome === 'ok' ? measurement.part.interfaces?.map(({ name }) => name) : measurement.outcome;
};
const hardware = { device: '', operstate: 'up', speed: '1000' };

describe('interfaces sensor', () => {
  it('keeps a bond even without an address, and while it is down', async () => {
    kernel({ bond0: { operstate: 'down' } });
    mkdirSync(join(folder, 'class/net/bond0/bonding'));
    expect(await sensorWith().read()).toMatchObject({ part: { interfaces: [{ name: 'bond0', up: false }] } });
  });

  it('keeps hardware even without an address', async () => {
    kernel({ lo: {}, ens18: hardware, ens19: { device: '', operstate: 'down', speed: '-1' } });
    expect(await sensorWith().read()).toEqual({
      outcome: 'ok',
      part: {
        interfaces: [
          {
            name: 'ens18',
            up: true,
            receiveBytes: 1,
            transmitBytes: 9,
            receiveErrors: 3,
            transmitErrors: 11,
            speedBitsPerSecond: 1e9,
          },
          { name: 'ens19', up: false, receiveBytes: 1, transmitBytes: 9, receiveErrors: 3, transmitErrors: 11 },
        ],
      },
    });
  });

  it('keeps bonds, VLANs, bridges and tunnels that have an address, and not those without', async () => {
    kernel({ bond0: {}, 'bond0.20': {}, vmbr0: {}, ppp0: {}, wg0: {}, vmbr1: {}, gre1: {} });
    expect(await namesOf(sensorWith('bond0', 'bond0.20', 'vmbr0', 'ppp0', 'wg0'))).toEqual([
      'bond0',
      'bond0.20',
      'vmbr0',
      'ppp0',
      'wg0',
    ]);
  });

  it('leaves out the ends of containers and virtual machines, whatever address they have', async () => {
    const names = [
      'lo',
      'veth12ab',
      'docker0',
      'br-0123456789ab',
      'virbr0',
      'vnet3',
      'tap0',
      'cali1',
      'dummy0',
      'ifb0',
      'fwbr100i0',
    ];
    kernel(Object.fromEntries(names.map((name) => [name, hardware])));
    expect(await namesOf(sensorWith(...names))).toBe('no-data');
  });

  it('still shows a tunnel that has lost its address, until it is gone', async () => {
    const addressed = new Set(['ppp0']);
    const sensor = createInterfacesSensor({ proc: folder, sys: folder, addressed: () => addressed });
    kernel({ ppp0: { operstate: 'unknown', carrier: '1' } });
    expect(await sensor.read()).toMatchObject({ part: { interfaces: [{ name: 'ppp0', up: true }] } });

    addressed.clear();
    writeFileSync(join(folder, 'class/net/ppp0/operstate'), 'down\n');
    expect(await sensor.read()).toMatchObject({ part: { interfaces: [{ name: 'ppp0', up: false }] } });

    kernel({ eth0: hardware });
    expect(await namesOf(sensor)).toEqual(['eth0']);
    kernel({ ppp0: {}, eth0: hardware });
    expect(await namesOf(sensor)).toEqual(['eth0']);
  });

  it('asks for the speed again when the carrier has changed', async () => {
    const sensor = sensorWith();
    const speed = async () => {
      const measurement = await sensor.read();
      return measurement.outcome === 'ok' ? measurement.part.interfaces?.[0]?.speedBitsPerSecond : measurement.outcome;
    };
    kernel({ eth0: { ...hardware, carrier_changes: '1' } });
    expect(await speed()).toBe(1e9);
    kernel({ eth0: { ...hardware, speed: '100', carrier_changes: '1' } });
    expect(await speed()).toBe(1e9);
    kernel({ eth0: { ...hardware, speed: '100', carrier_changes: '3' } });
    expect(await speed()).toBe(1e8);
  });

  it('stays within the report’s schema with hostile names and too many of them', async () => {
    kernel({
      ['\u001b[2Jx']: hardware,
      ...Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`eth${at}`, hardware])),
    });
    const measurement = await sensorWith().read();
    if (measurement.outcome !== 'ok') throw new Error(measurement.outcome);
    expect(measurement.part.interfaces).toHaveLength(256);
    expect(measurement.part.interfaces?.[0]?.name).toBe('\uFFFD[2Jx');
    expect(schemaErrors('interfaces', measurement.part.interfaces)).toEqual([]);
  });

  it.each([
    { operstate: 'up', carrier: undefined, expected: true },
    { operstate: 'down', carrier: '1', expected: false },
    { operstate: 'lowerlayerdown', carrier: '1', expected: false },
    { operstate: 'unknown', carrier: '1', expected: true },
    { operstate: 'unknown', carrier: undefined, expected: false },
    { operstate: undefined, carrier: '1', expected: true },
  ])('takes operstate $operstate with carrier $carrier for up: $expected', ({ operstate, carrier, expected }) => {
    expect(isUp(operstate, () => carrier)).toBe(expected);
  });

  it.each(['-1', '0', '4294967295', '', 'fast', undefined])('does not know the speed %j', (text) => {
    expect(parseSpeed(text)).toBeUndefined();
  });
});

const obstacle = namespaceObstacle();
describe(`interfaces sensor on real interfaces${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`, () => {
  it.skipIf(obstacle !== undefined)(
    'finds the addressed bridge of a network namespace, not the one without address, and no veth',
    async () => {
      const namespace = createNamespace();
      try {
        namespace.ip('link', 'add', 'vmbr0', 'type', 'bridge');
        namespace.ip('link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
        namespace.ip('link', 'add', 'vmbr1', 'type', 'bridge');
        namespace.ip('link', 'set', 'veth1', 'master', 'vmbr0');
        namespace.ip('address', 'add', '198.51.100.1/24', 'dev', 'vmbr0');
        namespace.ip('address', 'add', '203.0.113.1/24', 'dev', 'veth0');
        for (const name of ['veth0', 'veth1', 'vmbr0', 'vmbr1']) namespace.ip('link', 'set', name, 'up');
        const measurement = await runInNamespace<{ part: { interfaces: unknown[] } }>(
          namespace.name,
          `import { createInterfacesSensor } from ${JSON.stringify(new URL('interfaces.ts', import.meta.url).href)};
         const sensor = createInterfacesSensor();
         // The bridge needs a moment until its port carries.
         let measurement = await sensor.read();
         for (let turn = 0; turn < 200 && measurement.outcome !== 'ok'; turn++) {
           await new Promise((resolve) => setTimeout(resolve, 20));
           measurement = await sensor.read();
         }
         console.log(JSON.stringify(measurement));`,
        );
        expect(measurement.part.interfaces).toMatchObject([{ name: 'vmbr0', up: true }]);
        expect(measurement.part.interfaces).toHaveLength(1);
      } finally {
        namespace.remove();
      }
    },
  );
});
