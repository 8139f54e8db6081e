import { describe, expect, it } from 'vitest';
import type { ReportRouter, ReportRouterInterface } from '../../shared/report-schema.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { noFactChanges } from '../store/no-changes.ts';
import { createRouterBook, type RouterBook } from './router-facts.ts';

const nowMs = Date.parse('2026-11-22T03:10:00Z');
const minuteMs = 60_000;
const iso = (atMs: number) => new Date(atMs).toISOString();

function reading(
  takenAtMs: number,
  wan: Partial<ReportRouterInterface> = {},
  patch: Partial<ReportRouter> = {},
): ReportRouter {
  const grown = { receiveGrowthBytes: 6000, transmitGrowthBytes: 600 };
  return {
    address: '10.20.1.1',
    reader: 'snmp',
    state: 'up',
    takenAt: iso(takenAtMs),
    previousTakenAt: iso(takenAtMs - minuteMs),
    durationSeconds: 0.1,
    interfaces: [{ name: 'ether1', up: true, epoch: 1, isWan: true, ...grown, ...wan }],
    ...patch,
  };
}

const vantage = testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', node: 'pemantau', roles: ['vantage'] });
const server = testAgent({ key: 2, pd: 'dinkes', site: 'kantor' });
const ofDinkes = { pd: 'dinkes', site: 'kantor' };

/** Takes one report that reached the disk. @param clockErrorMs the agent's clock minus the collector's. */
function take(book: RouterBook, agent: typeof vantage, routers: ReportRouter[], options = { clockErrorMs: 0 }) {
  const changes = noFactChanges();
  const sites = new Set<string>();
  const staging = book.stage(changes, sites);
  staging.add(agent.row, agent.report(nowMs + options.clockErrorMs, { routers }), nowMs);
  staging.apply();
  return { growths: changes.traffic, sites: [...sites] };
}

const downBytes = (book: RouterBook, place = 'dinkes/kantor') =>
  book
    .traffic(place)
    ?.hours.flatMap(({ hour }) => hour.downBytes)
    .reduce((sum, bytes) => sum + bytes, 0);

describe('what is known of routers', () => {
  it('an agent at the Pusat Data speaks for the sites whose routers it reads', () => {
    const book = createRouterBook();

    expect(take(book, vantage, [reading(nowMs, {}, ofDinkes)]).sites).toEqual(['dinkes/kantor']);
    expect(book.of('dinkes/kantor')).toMatchObject([{ node: 'pemantau', reading: { address: '10.20.1.1' } }]);
    expect(downBytes(book)).toBe(6000);
  });

  it('another agent speaks for its own site, whatever it says', () => {
    const book = createRouterBook();
    take(book, server, [reading(nowMs, {}, { pd: 'bappeda', site: 'kantor' })]);

    expect(book.of('bappeda/kantor')).toEqual([]);
    expect(book.of('dinkes/kantor')).toHaveLength(1);
  });

  it('late readings fill the history and say nothing of now', () => {
    const book = createRouterBook();
    take(book, server, [reading(nowMs)]);
    const late = take(book, server, [reading(nowMs - 5 * minuteMs)]);

    expect(late.growths).toHaveLength(1);
    expect(book.of('dinkes/kantor')[0]?.takenAtMs).toBe(nowMs);
    expect(downBytes(book)).toBe(12_000);
  });

  it('a reading that comes with an older report is the newest of its router all the same', () => {
    const book = createRouterBook();
    take(book, vantage, [reading(nowMs, {}, ofDinkes)]);
    take(book, vantage, [reading(nowMs - 50, {}, { pd: 'bappeda', site: 'kantor' })]);

    expect(book.of('bappeda/kantor')[0]?.takenAtMs).toBe(nowMs - 50);
  });

  it('a clock that is hours off moves no byte into another hour', () => {
    const book = createRouterBook();
    const clockErrorMs = 3 * 3_600_000;
    const { growths } = take(book, server, [reading(nowMs + clockErrorMs)], { clockErrorMs });

    expect(growths).toMatchObject([{ fromMs: nowMs - minuteMs, untilMs: nowMs }]);
  });

  it.each([
    ['an interface that is not towards the WAN', { isWan: false }],
    ['a first reading or one after a reset, which knows no growth', { receiveGrowthBytes: undefined }],
    ['more than the line can carry', { speedBitsPerSecond: 100e6, receiveGrowthBytes: 60 * 20e6 }],
    ['more than any line can carry', { receiveGrowthBytes: 60 * 13e9 }],
  ])('makes no traffic of %s', (_, wan) => {
    const book = createRouterBook();
    const given = Object.fromEntries(Object.entries(wan).filter(([, value]) => value !== undefined));
    const whole = reading(nowMs, given);
    if ('receiveGrowthBytes' in wan && wan.receiveGrowthBytes === undefined)
      delete whole.interfaces?.[0]?.receiveGrowthBytes;

    expect(take(book, server, [whole]).growths).toEqual([]);
    expect(book.traffic('dinkes/kantor')).toBeUndefined();
  });

  it('of two agents that read the same router in an hour, the one that measured more counts', () => {
    const book = createRouterBook();
    take(book, vantage, [reading(nowMs, {}, ofDinkes)]);
    take(book, server, [
      reading(nowMs, { receiveGrowthBytes: 6001 }),
      reading(nowMs - minuteMs, { receiveGrowthBytes: 1 }),
    ]);

    expect(downBytes(book)).toBe(6002);
  });
});
