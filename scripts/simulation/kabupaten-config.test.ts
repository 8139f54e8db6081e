import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownNames } from '../../collector/cli/known-names.ts';
import { loadConfig } from '../../collector/config/load-config.ts';
import { type KabupatenOptions, kabupatenConfig } from './kabupaten-config.ts';
import { temporaryFolder } from './temporary-folder.test-kit.ts';

function loaded(options: Partial<KabupatenOptions>) {
  const path = join(temporaryFolder(), 'pantau.yaml');
  writeFileSync(path, kabupatenConfig({ pdCount: 40, datasetPerPd: 1, intervalSeconds: 5, port: 0, ...options }));
  return loadConfig(path, knownNames);
}

describe('the configuration of a simulated Kabupaten', () => {
  it.each([1, 40, 1000])(
    'is good with %i departments, Diskominfo first, all with their own name and router',
    (pdCount) => {
      const { perangkatDaerah } = loaded({ pdCount });
      expect(perangkatDaerah[0]?.id).toBe('diskominfo');
      expect(new Set(perangkatDaerah.map(({ id }) => id)).size).toBe(pdCount);
      expect(new Set(perangkatDaerah.map(({ name }) => name)).size).toBe(pdCount);
      expect(new Set(perangkatDaerah.map(({ sites }) => sites[0]?.router?.address)).size).toBe(pdCount);
    },
  );

  it('gives each department its datasets, but for those that have none', () => {
    const { perangkatDaerah } = loaded({ datasetPerPd: 3, withoutDatasets: ['dpmd'] });
    const counts = perangkatDaerah.map(({ id, datasets }) => `${id} ${datasets.length}`);
    expect(counts.filter((each) => !each.endsWith(' 3'))).toEqual(['dpmd 0']);
  });

  it('hands on the interval, the channels and the rate of draining', () => {
    const config = loaded({
      intervalSeconds: 10,
      drainBatchesPerMinute: 600,
      notify: [{ id: 'pesan', kind: 'webhook', url: 'http://127.0.0.1:9/' }],
    });
    expect(config.agents).toMatchObject({ intervalSeconds: 10, drainBatchesPerMinute: 600 });
    expect(config.notify.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['pesan webhook']);
  });

  it('takes the word of the departments where there is no vault', () => {
    const { perangkatDaerah, pusatData } = loaded({ datasetPerPd: 2 });
    expect(pusatData?.vaults).toEqual([]);
    expect(new Set(perangkatDaerah.flatMap(({ datasets }) => datasets.map(({ proof }) => proof)))).toEqual(
      new Set(['claimed']),
    );
  });

  it('demands that backups arrive in the vault where there is one, which is read each minute', () => {
    const { perangkatDaerah, pusatData } = loaded({ datasetPerPd: 2, vault: true });
    expect(pusatData).toMatchObject({
      name: 'Pusat Data Pemerintah Kabupaten Lebong',
      location: { lat: -3.1167, lon: 102.1833 },
      vaults: [{ id: 'brankas', root: '/srv/brankas', scanEvery: '1m' }],
    });
    expect(new Set(perangkatDaerah.flatMap(({ datasets }) => datasets.map(({ proof }) => proof)))).toEqual(
      new Set(['arrived']),
    );
  });
});
