import { describe, expect, it } from 'vitest';
import type { ReportNetwork } from '../../shared/network-schema.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { NetworkKeeper } from './network-keeper.ts';
import { readNetwork } from './read-network.ts';

const hourMs = 3_600_000;
const url = 'https://ip.example.go.id/';
const home: ReportNetwork = { gateways: [], addresses: [{ interface: 'eth0', cidr: '10.20.1.5/24' }] };

function keeper(lookUpEgress: (url: string) => Promise<string> = () => Promise.reject(new Error('asked'))) {
  const state = { network: home, nowMs: 0 };
  const clock = { monotonicMs: () => state.nowMs, nowMs: () => Date.UTC(2026, 10, 26) + state.nowMs };
  const kept = new NetworkKeeper({
    read: async () => state.network,
    lookUpEgress: async (page) => {
      // Slower than the report that is being taken, and there before the next one.
      await new Promise(setImmediate);
      return lookUpEgress(page);
    },
    clock,
  });
  const lookAt = async (nowMs: number, egressUrl?: string) => {
    state.nowMs = nowMs;
    const told = await kept.look(egressUrl === undefined ? {} : { egressUrl });
    await new Promise(setImmediate);
    return told;
  };
  return { state, kept, lookAt };
}

describe('network in reports', () => {
  it('is told at first, when it has changed, and once an hour', async () => {
    const { state, lookAt } = keeper();
    expect(await lookAt(0)).toEqual(home);
    expect(await lookAt(60_000)).toBeUndefined();
    state.network = { ...home, sourceAddress: '10.20.1.5' };
    expect(await lookAt(120_000)).toEqual(state.network);
    expect(await lookAt(119_999 + hourMs)).toBeUndefined();
    expect(await lookAt(120_000 + hourMs)).toEqual(state.network);
  });

  it('brings the address that the internet sees with the report after it is known, asked every 15 minutes', async () => {
    const asked: string[] = [];
    let address = '36.1.2.3';
    const { lookAt } = keeper(async (page) => {
      asked.push(page);
      return address;
    });
    expect(await lookAt(0, url)).toEqual(home);
    expect(await lookAt(60_000, url)).toEqual({
      ...home,
      egressAddress: '36.1.2.3',
      egressCheckedAt: '2026-11-26T00:00:00.000Z',
    });
    expect(await lookAt(14 * 60_000, url)).toBeUndefined();
    expect(asked).toEqual([url]);
    // The same answer again is nothing new.
    await lookAt(15 * 60_000, url);
    expect(await lookAt(16 * 60_000, url)).toBeUndefined();
    address = '36.9.9.9';
    await lookAt(30 * 60_000, url);
    expect(await lookAt(31 * 60_000, url)).toMatchObject({ egressAddress: '36.9.9.9' });
    expect(asked).toHaveLength(3);
  });

  it('waits for the internet’s answer when no other report follows', async () => {
    const { kept } = keeper(() => Promise.resolve('36.1.2.3'));
    expect(await kept.look({ egressUrl: url }, true)).toMatchObject({ egressAddress: '36.1.2.3' });
  });

  it('leaves the address out when it is not known any more, and says why once', async () => {
    let fails = false;
    const { kept, lookAt } = keeper(async () => {
      if (fails) throw new Error('timeout');
      return '36.1.2.3';
    });
    await lookAt(0, url);
    expect(await lookAt(60_000, url)).toHaveProperty('egressAddress', '36.1.2.3');
    fails = true;
    await lookAt(15 * 60_000, url);
    const told = await lookAt(16 * 60_000, url);
    expect(told).not.toHaveProperty('egressAddress');
    expect(told).toHaveProperty('egressCheckedAt', '2026-11-26T00:15:00.000Z');
    expect(kept.failures()).toEqual([{ of: 'egress-address', reason: 'timeout' }]);
    expect(kept.failures()).toEqual([]);
  });

  it('forgets what another page said, and asks nobody without a page', async () => {
    const { lookAt } = keeper((page) => Promise.resolve(page === url ? '36.1.2.3' : '36.4.5.6'));
    await lookAt(0, url);
    await lookAt(1000, url);
    expect(await lookAt(2000, 'http://other.example/')).toEqual(home);
    expect(await lookAt(3000, 'http://other.example/')).toMatchObject({ egressAddress: '36.4.5.6' });
    expect(await lookAt(4000)).toEqual(home);
    expect(await lookAt(4000 + hourMs)).toEqual(home);
  });
});

describe('network of this machine', () => {
  it('fits the report, and knows from where this machine is spoken to', async () => {
    const network = await readNetwork('http://127.0.0.1:8420');
    expect(schemaErrors('network', network)).toEqual([]);
    expect(network.sourceAddress).toBe('127.0.0.1');
  });

  it('is told without a source address when the collector’s name is not known', async () => {
    expect(await readNetwork('https://no-such-host.invalid')).not.toHaveProperty('sourceAddress');
  });
});
