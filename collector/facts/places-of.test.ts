import { expect, it } from 'vitest';
import { testConfig } from '../../test/kit/judging-bench.ts';
import { placesOf } from './places-of.ts';

it('names the old and the new site of a moved agent, and the datasets of both departments', () => {
  const simpus = { id: 'simpus', source: { kind: 'files', path: '/x/*' } };
  const rows = [
    { pd: 'dinkes', site: 'kantor' },
    { pd: 'diskominfo', site: 'pusat-data' },
  ];

  expect(placesOf(rows, testConfig({ datasets: [simpus] }))).toEqual({
    agents: new Set(),
    datasets: new Set(['dinkes/simpus']),
    departments: new Set(['dinkes', 'diskominfo']),
    pemda: false,
    sites: new Set(['dinkes/kantor', 'diskominfo/pusat-data']),
  });
});
