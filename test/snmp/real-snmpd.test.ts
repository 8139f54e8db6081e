import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemaErrors } from '../../agent/sensors/report-checks.ts';
import type { SnmpCredential, UserCredential } from '../../agent/routers/snmp/credential.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { needs } from '../requirements.ts';
import { snmpwalk, startSnmpd } from './programs.ts';
import { readingOf, routerAt } from './reading.ts';

const needed = needs({ linux: true, tools: ['snmpd', 'snmpbulkwalk'] });

const config = `
rocommunity rahasia 127.0.0.1
createUser pantau SHA "kunci-otentikasi" AES "kunci-privasi"
createUser kuat SHA-256 "kunci-otentikasi" AES "kunci-privasi"
rouser pantau authpriv
rouser kuat authpriv
sysName rtr-uji
sysDescr Router uji
`;
const community: SnmpCredential = { version: '2c', community: 'rahasia' };
const user: UserCredential = {
  version: '3',
  user: 'pantau',
  authProtocol: 'sha',
  authKey: 'kunci-otentikasi',
  privProtocol: 'aes',
  privKey: 'kunci-privasi',
};
const patient = { timeoutSeconds: 10 };

describe.skipIf(!needed.ok)(`a real snmpd ${needed.reason}`, () => {
  it('is read with a community: the interfaces of the kernel, and the uptime that snmpwalk says', async () => {
    const { port } = await startSnmpd(config);
    const router = routerAt(port, { ...patient, wanInterfaces: ['lo'] });
    const reading = await readingOf(router, community).read();
    const walked = await snmpwalk(port, ['-v', '2c', '-c', 'rahasia'], '1.3.6.1.2.1.25.1.1');

    expect(schemaErrors('routers', [reading])).toEqual([]);
    expect(reading).toMatchObject({ state: 'up', system: { name: 'rtr-uji', description: 'Router uji' } });
    expect(reading.reason).toBeUndefined();
    expect(reading.interfaces?.map(({ name }) => name).sort()).toEqual(readdirSync('/sys/class/net').sort());
    expect(reading.interfaces?.find(({ name }) => name === 'lo')).toMatchObject({
      up: true,
      isWan: true,
      counterBits: 64,
    });
    const walkedSeconds = Number(walked.get('1.3.6.1.2.1.25.1.1.0')) / 100;
    expect(Math.abs(walkedSeconds - (reading.uptimeSeconds ?? 0))).toBeLessThan(30);
  });

  it.each([
    ['SHA and AES', user],
    ['SHA-256 and AES', { ...user, user: 'kuat', authProtocol: 'sha256' as const }],
  ])('is read with version 3, %s, and tells how much its interfaces grew', async (_, credential) => {
    const { port } = await startSnmpd(config);
    const reading = readingOf(routerAt(port, patient), credential);
    const first = await reading.read();
    const second = await reading.read();

    expect(first).toMatchObject({ state: 'up', system: { name: 'rtr-uji' } });
    expect(second.previousTakenAt).toBe(first.takenAt);
    const [before, after] = [first, second].map(({ interfaces }) => interfaces?.find(({ name }) => name === 'lo'));
    expect(after?.epoch).toBe(before?.epoch);
    expect(after?.receiveGrowthBytes).toBe((after?.receiveBytes ?? 0) - (before?.receiveBytes ?? 0));
  });

  it.each<[string, SnmpCredential, string]>([
    ['another user', { ...user, user: 'asing' }, 'authentication-failed'],
    ['another key', { ...user, authKey: 'kunci-yang-salah' }, 'authentication-failed'],
    ['another community', { version: '2c', community: 'public' }, 'timeout'],
  ])('does not let %s in, and the reason says so', async (_, credential, reason) => {
    const { port } = await startSnmpd(config);
    const reading = await readingOf(routerAt(port, { timeoutSeconds: 0.5 }), credential).read();

    expect(reading).toMatchObject({ state: 'unknown', reason });
  });

  it('that was started again leaves a gap in the traffic, and the device has not been started again', async () => {
    const { port, running } = await startSnmpd(config);
    const clock = fakeClock();
    const reading = readingOf(routerAt(port, patient), community, clock);
    const first = await reading.read();
    clock.advanceMs(30_000);
    await running.signal('SIGTERM');
    expect(await reading.read()).toMatchObject({ state: 'down', reason: 'port-closed' });

    await startSnmpd(config, port);
    const second = await reading.read();

    expect(second.bootedAt).toBe(first.bootedAt);
    const [before, after] = [first, second].map(({ interfaces }) => interfaces?.find(({ name }) => name === 'lo'));
    expect(after?.epoch).toBeGreaterThan(before?.epoch ?? Infinity);
    expect(after?.receiveGrowthBytes).toBeUndefined();
  });
});
