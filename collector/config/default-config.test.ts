import { expect, it } from 'vitest';
import { known } from './bad-config.test-kit.ts';
import { defaultConfigText } from './default-config.ts';
import { parseConfig } from './load-config.ts';

const parse = (text: string) => parseConfig(text, 'pantau.yaml', known);

it('loads as it is written', () => {
  const config = parse(defaultConfigText('/srv/pantau data'));
  const [department] = config.perangkatDaerah;

  expect(config.pemda.name).toBe('Pemerintah Kabupaten Lebong');
  expect(config.regulations).toEqual(['lebong-perbup-22-2022']);
  expect(department?.sites.map((site) => site.id)).toEqual(['pusat-data']);
  expect(department?.datasets).toEqual([
    {
      id: 'contoh',
      name: 'Contoh cadangan',
      schedule: '0 1 * * *',
      grace: '6h',
      source: { kind: 'files', path: '/srv/pantau data/contoh-cadangan/*' },
      proof: 'arrived',
    },
  ]);
  expect(config.pusatData?.vaults).toMatchObject([
    { id: 'brankas', root: '/srv/pantau data/brankas', scanEvery: '30s' },
  ]);
  expect(config.notify).toEqual([]);
});

it('takes a folder whose name means something in YAML', () => {
  const config = parse(defaultConfigText(String.raw`/srv/a: "b" # c\d`));

  expect(config.perangkatDaerah[0]?.datasets[0]?.source).toEqual({
    kind: 'files',
    path: String.raw`/srv/a: "b" # c\d/contoh-cadangan/*`,
  });
});

it('still loads when the reader takes the comment signs of the examples away', () => {
  const text = defaultConfigText('/srv/pantau')
    .replace(/^# notify:[^]*/m, (examples) =>
      examples.replaceAll(/^# (?!Letterhead|Kop|The monthly|Laporan bulanan)/gm, ''),
    )
    .replaceAll(/^( +)# (phone|email|location|subnets|router|basis): /gm, '$1$2: ');
  const config = parse(text);

  expect(config.notify.map((channel) => channel.kind)).toEqual(['email', 'webhook']);
  expect(config.documents.officials.kepalaDiskominfo.nip).toBe('197001012000031001');
  expect(config.pemda.diskominfo.contacts[0]?.email).toBe('noc@example.go.id');
  expect(config.perangkatDaerah[0]?.sites[0]?.router).toEqual({ address: '10.20.0.1' });
  expect(config.perangkatDaerah[0]?.datasets[0]?.basis).toMatch(/^Keputusan Kepala Dinas/);
});
