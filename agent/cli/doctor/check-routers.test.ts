import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { RouterConfig } from '../../../shared/agent-config-schema.ts';
import { systemClock } from '../../../shared/clock.ts';
import { type Device, honestAnswerer, openDevice } from '../../../test/snmp/device.ts';
import { madeRouter } from '../../../test/snmp/made-router.ts';
import { folderWith, routerAt } from '../../../test/snmp/reading.ts';
import { snmpReader } from '../../routers/snmp.ts';
import { checkRouters } from './check-routers.ts';

const devices: Device[] = [];
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

async function router(more: Partial<RouterConfig> = {}, isSilent = false): Promise<RouterConfig> {
  const honest = honestAnswerer(madeRouter({ interfaceCount: 10, isModern: more.site !== 'tua' }));
  const device = await openDevice((request) => (isSilent ? undefined : honest(request)));
  devices.push(device);
  return routerAt(device.port, { timeoutSeconds: 5, ...more });
}

const check = (routers: RouterConfig[], dataFolder = folderWith({ version: '2c', community: 'public' })) =>
  checkRouters({ routers }, { dataFolder, clock: systemClock });

describe('the doctor', () => {
  it('says nothing of routers where there are none to read', async () => {
    expect(await check([])).toEqual([]);
  });

  it('says what it found on a router, and which interface is the WAN', async () => {
    const findings = await check([await router({ wanInterfaces: ['WAN Diskominfo'] })]);

    expect(findings).toMatchObject([
      { ok: true, subject: 'router 127.0.0.1' },
      { ok: true, text: 'its WAN is ether1.' },
    ]);
    expect(findings[0]?.text).toMatch(/^answers as rtr-dinkes; running since 20.*; 10 interfaces, 8 of them up\.$/);
  });

  it('warns of counters of 32 bits on the WAN', async () => {
    const [, wan] = await check([await router({ site: 'tua', wanInterfaces: ['ether2'] })]);

    expect(wan).toMatchObject({ ok: true, text: 'its WAN is ether2 (counters of 32 bits only: ether2).' });
  });

  it('names the interfaces when none is called as the configuration says', async () => {
    const [, wan] = await check([await router({ wanInterfaces: ['pppoe-out1'] })]);

    expect(wan).toMatchObject({
      ok: false,
      text: 'no interface is called pppoe-out1; it has ether1, ether2, ether3, ether4, ether5, ether6, ether7, ether8 and 2 more.',
      remedy: 'correct router.wanInterfaces of its site in pantau.yaml.',
    });
  });

  it('names those of several interfaces that are not there', async () => {
    const findings = await check([await router({ wanInterfaces: ['ether1', 'WAN Diskominfo', 'ether99'] })]);

    expect(findings.slice(1)).toMatchObject([
      { ok: true, text: 'its WAN is ether1.' },
      { ok: false, text: expect.stringMatching(/^no interface is called ether99; it has ether1, /) as string },
    ]);
  });

  it('tells the start of a router in the time of this machine', async () => {
    const [found] = await checkRouters(
      { routers: [await router()] },
      { dataFolder: folderWith({ version: '2c', community: 'public' }), clock: systemClock, timezone: 'Asia/Jakarta' },
    );

    expect(found?.text).toMatch(/; running since 20\d\d-\d\d-\d\d \d\d:\d\d\+07:00; /);
  });

  it('says what to do about silence, beside a router that answers', async () => {
    const findings = await check([await router({ timeoutSeconds: 0.3 }, true), await router({ site: 'lain' })]);

    expect(findings).toMatchObject([
      {
        ok: false,
        text: 'it does not answer.',
        remedy: expect.stringContaining('a wrong community is met with silence') as string,
      },
      { ok: true },
    ]);
  });

  it('speaks of users and keys where SNMPv3 is meant', async () => {
    const user = { version: '3', user: 'pantau', authProtocol: 'sha', authKey: 'kunci-otentikasi' } as const;
    const silent = await router({ timeoutSeconds: 0.3 }, true);
    const whole = folderWith({ ...user, privProtocol: 'aes', privKey: 'kunci-privasi' });
    const [timeout] = await check([silent], whole);

    expect(timeout).toMatchObject({ ok: false, text: 'it does not answer.' });
    expect(timeout?.remedy).toContain('a wrong key or protocol for privacy is met with silence');
    expect(timeout?.remedy).not.toContain('community');

    const short = folderWith({ ...user, privProtocol: 'aes', privKey: 'pendek' });
    const [damaged] = await check([silent], short);
    expect(damaged?.text).toContain('/c/privKey: is shorter than 8 characters');
    expect(damaged?.remedy).toContain(
      'an entry looks like {"c": {"version": "3", "user": "…", "authProtocol": "sha256"',
    );
  });

  it('says what is wrong with the file of credentials', async () => {
    const folder = folderWith({ version: '2c', community: 'public' });
    const one = await router();
    expect(await check([{ ...one, credential: 'lain' }], folder)).toMatchObject([
      { ok: false, text: expect.stringContaining('has no entry "lain"') as string },
    ]);

    chmodSync(join(folder, 'snmp.json'), 0o644);
    expect(await check([one], folder)).toMatchObject([
      {
        ok: false,
        text: expect.stringContaining('may be read by others (mode 644)') as string,
        remedy: expect.stringContaining('chmod 600') as string,
      },
    ]);
  });

  it('knows what every reason of the reader means', () => {
    const reasons =
      'no-such-credential credentials-open-to-others credentials-damaged bad-credential access-denied ' +
      'authentication-failed timeout port-closed unreachable unknown-host stopped-in-mid-walk ' +
      'too-slow too-big bad-answer error-answer';
    const config = routerAt(161);
    for (const reason of reasons.split(' ')) {
      const { text, remedy } = snmpReader.explain(config, reason, { dataFolder: '/nowhere' });
      expect(text).not.toContain('could not be read');
      expect(remedy).toMatch(/\.$/);
    }
  });
});
