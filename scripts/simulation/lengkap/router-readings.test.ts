import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { RouterReading } from '../../../shared/network-schema.ts';
import { lengkapDepartments } from './departments.ts';
import { createRouterReader, type RouterRound } from './router-readings.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const departments = lengkapDepartments(300);
const siteOf: RouterRound['siteOf'] = (pd, id) =>
  departments.find((each) => each.id === pd)?.sites.find((site) => site.id === id);
const routers = departments.flatMap(({ id: pd, sites }) =>
  sites
    .filter(({ hasRouter }) => hasRouter)
    .map(({ id: site, network }) => ({
      pd,
      site,
      host: `${network}.1`,
      reader: 'snmp',
      timeoutSeconds: 2,
      everySeconds: 60,
    })),
);
const rsud = routers.filter(({ pd, site }) => pd === 'rsud' && site === 'kantor');
const at = (atMs: number): RouterRound => ({ atMs, siteOf, isAlive: () => true });

describe('the readings of simulated routers', () => {
  it('fit the schema and tell a growth that is the difference of the counters', () => {
    const reader = createRouterReader();
    const [first] = reader.read(rsud, at(nowMs));
    const [second] = reader.read(rsud, at(nowMs + 300_000));
    expect([first, second].flatMap((reading) => [...Value.Errors(RouterReading, reading)])).toEqual([]);
    const wan = [first, second].map((reading) => reading?.interfaces?.find(({ isWan }) => isWan === true));
    const grown = (wan[1]?.receiveBytes ?? 0) - (wan[0]?.receiveBytes ?? 0);
    expect([wan[0]?.receiveGrowthBytes, wan[1]?.receiveGrowthBytes]).toEqual([undefined, grown]);
    // Twenty were approved, and a fifth more is used, give or take a tenth by the time of day.
    expect(Math.abs((grown * 8) / 300 / 1e6 - 24)).toBeLessThan(2.41);
  });

  it('come as often as they are asked for, and no more than one report carries, who waits longest first', () => {
    const reader = createRouterReader();
    const namesAt = (atMs: number) => reader.read(routers, at(atMs)).map(({ address }) => address);
    const rounds = [namesAt(nowMs), namesAt(nowMs + 5000), namesAt(nowMs + 10_000)];
    expect(rounds.map(({ length }) => length)).toEqual([250, routers.length - 250, 0]);
    expect(new Set(rounds.flat()).size).toBe(routers.length);
    expect(namesAt(nowMs + 66_000).slice(0, 250)).toEqual(rounds[0]);
  });

  it('say that a site without power does not answer', () => {
    const [reading] = createRouterReader().read(rsud, { ...at(nowMs), isAlive: () => false });
    expect(reading).toMatchObject({ state: 'down', reason: 'no-answer' });
  });
});
