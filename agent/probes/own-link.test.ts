import { execFileSync } from 'node:child_process';
import { endianness } from 'node:os';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createNamespace, namespaceObstacle, runInNamespace } from './namespace-for-tests.ts';
import { type LinkTables, type OwnLink, ownLink } from './own-link.ts';

const hexOf = (address: string) => {
  const bytes = address.split('.').map(Number);
  if (endianness() === 'LE') bytes.reverse();
  return Buffer.from(bytes).toString('hex').toUpperCase();
};
const route = (device: string, network: string, mask: string, flags = '0001', metric = 0) =>
  `${device}\t${hexOf(network)}\t00000000\t${flags}\t0\t0\t${metric}\t${hexOf(mask)}\t0\t0\t0\n`;
const entry = (address: string, flags: string, device = 'eth0') =>
  `${address}        0x1         ${flags}         02:fc:00:00:00:05     *        ${device}\n`;
const tables = (more: Partial<LinkTables> = {}): LinkTables => ({
  arp: `IP address       HW type     Flags       HW address            Mask     Device\n${entry('10.0.0.1', '0x2')}`,
  ipv4Routes: `Iface\tDestination\tGateway \tFlags\n${route('eth0', '0.0.0.0', '0.0.0.0', '0003')}`,
  liveInterfaces: ['eth0'],
  ...more,
});
const question = { gateway: '10.0.0.1', targets: ['10.9.9.9'] };

describe('own link', () => {
  it('knows that the gateway answers ARP when its entry is complete', () => {
    expect(ownLink(question, tables())).toEqual({ gatewayAnswersArp: true, anyCarrier: true });
    expect(ownLink({ ...question, gateway: undefined }, tables()).gatewayAnswersArp).toBe(false);
  });

  it.each([
    ['nobody answered', entry('10.0.0.1', '0x0')],
    ['an administrator wrote it', entry('10.0.0.1', '0x6')],
    ['it is another’s', entry('10.0.0.11', '0x2')],
    ['its interface has no carrier', entry('10.0.0.1', '0x2', 'eth1')],
    ['there is none', ''],
  ])('takes no ARP entry for an answer when %s', (_why, arp) => {
    expect(ownLink(question, tables({ arp })).gatewayAnswersArp).toBe(false);
  });

  it('looks at the interface of the narrowest route to the target', () => {
    const ipv4Routes =
      route('eth0', '0.0.0.0', '0.0.0.0', '0003') +
      route('eth1', '10.9.0.0', '255.255.0.0', '0003', 5) +
      route('eth3', '10.9.0.0', '255.255.0.0', '0003', 9) +
      route('eth2', '10.9.9.9', '255.255.255.255', '0002');
    const carrierWith = (...liveInterfaces: string[]) =>
      ownLink(question, tables({ ipv4Routes, liveInterfaces })).anyCarrier;
    expect(carrierWith('eth1')).toBe(true);
    expect(carrierWith('eth0', 'eth2', 'eth3')).toBe(false);
  });

  it('has no carrier to a target without a route, whatever other interface is live', () => {
    const ipv4Routes = route('docker0', '172.17.0.0', '255.255.0.0') + route('eth0', '10.9.0.0', '255.255.0.0', '0201');
    expect(ownLink(question, tables({ ipv4Routes, liveInterfaces: ['docker0', 'eth0'] })).anyCarrier).toBe(false);
  });

  it.each(['router.example', 'fd00::1'])('takes any live interface for the way to %s', (target) => {
    const about = { gateway: undefined, targets: [target] };
    expect(ownLink(about, tables({ ipv4Routes: 'Iface\n' })).anyCarrier).toBe(true);
    expect(ownLink(about, tables({ liveInterfaces: [] })).anyCarrier).toBe(false);
  });
});

const obstacle = namespaceObstacle();
describe.skipIf(obstacle !== undefined)(
  `own link in a real kernel${obstacle === undefined ? '' : ` (${obstacle})`}`,
  () => {
    it('is there while the cable is, and gone when the other end is off', async () => {
      const [own, gateway] = [createNamespace(), createNamespace()];
      onTestFinished(() => {
        own.remove();
        gateway.remove();
      });
      own.ip('link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'end', 'netns', gateway.name);
      own.ip('address', 'add', '10.213.78.1/30', 'dev', 'cable');
      own.ip('link', 'set', 'cable', 'up');
      own.ip('route', 'add', 'default', 'via', '10.213.78.2');
      gateway.ip('address', 'add', '10.213.78.2/30', 'dev', 'end');
      gateway.ip('link', 'set', 'end', 'up');
      const look = async (target: string) => {
        const knock = ['netns', 'exec', own.name, process.execPath, '--eval', knocking];
        execFileSync('ip', knock, { timeout: 20_000 });
        const module = pathToFileURL(join(import.meta.dirname, 'own-link.ts')).href;
        return runInNamespace<OwnLink>(
          own.name,
          `import { ownLink, readLinkTables } from ${JSON.stringify(module)};
        console.log(JSON.stringify(ownLink({ gateway: '10.213.78.2', targets: ['${target}'] }, readLinkTables())));`,
        );
      };

      expect(await look('10.9.9.9')).toEqual({ gatewayAnswersArp: true, anyCarrier: true });
      gateway.ip('link', 'set', 'end', 'down');
      // The kernel tells a change of carrier within a second or two.
      await vi.waitFor(
        async () => expect(await look('10.9.9.9')).toEqual({ gatewayAnswersArp: false, anyCarrier: false }),
        { timeout: 10_000, interval: 100 },
      );
    });
  },
);

/** A connection that the gateway refuses: it has to be asked for its hardware address first. */
const knocking = `const socket = require('node:net').connect(9, '10.213.78.2');
socket.on('error', () => process.exit(0)); setTimeout(() => process.exit(0), 500);`;
