import { describe, expect, it } from 'vitest';
import { knownNames } from '../../../collector/cli/known-names.ts';
import { parseConfig } from '../../../collector/config/load-config.ts';
import { layers } from '../../../shared/states.ts';
import { lengkapConfig } from './lengkap-config.ts';

const configOf = (pdCount: number) =>
  parseConfig(lengkapConfig({ pdCount, intervalSeconds: 5, port: 0 }), 'pantau.yaml', knownNames);

describe('the configuration of a complete Kabupaten', () => {
  it.each([1, 6, 900])('is good with %i departments, each with its own name and networks', (pdCount) => {
    const { perangkatDaerah } = configOf(pdCount);
    const sites = perangkatDaerah.flatMap((pd) => pd.sites);
    expect(new Set(perangkatDaerah.map(({ id }) => id)).size).toBe(pdCount);
    expect(new Set(sites.map(({ subnets }) => subnets?.[0])).size).toBe(sites.length);
  });

  it('looks at every layer', () => {
    const { probeTargets, perangkatDaerah } = configOf(6);
    const named = probeTargets.map(({ layer }) => layer);
    expect(perangkatDaerah.every(({ website }) => typeof website === 'string')).toBe(true);
    // The gateway of a machine is its LAN; the websites of departments are looked at without being named as targets.
    expect([...new Set([...named, 'lan', 'website'])].toSorted()).toEqual(layers.toSorted());
  });

  it('has a department without datasets and router, one that runs its own ICT, and one that is excused', () => {
    const { perangkatDaerah, obligations } = configOf(6);
    const having = (what: (pd: (typeof perangkatDaerah)[number]) => boolean) =>
      perangkatDaerah.filter(what).map(({ id }) => id);
    expect({
      withoutDatasets: having(({ datasets }) => datasets.length === 0),
      withoutRouter: having(({ sites }) => sites.some(({ router }) => router === undefined)),
      mandiriTik: having(({ mandiriTik }) => mandiriTik),
      excused: Object.values(obligations).flatMap(({ waived = [] }) => waived.map(({ pd }) => pd)),
    }).toEqual({
      withoutDatasets: ['bappeda'],
      withoutRouter: ['bappeda'],
      mandiriTik: ['rsud'],
      excused: ['dukcapil'],
    });
  });
});
