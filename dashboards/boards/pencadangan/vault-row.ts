import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { named } from '../../panels/mappings.ts';
import type { Steps } from '../../panels/panel.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';

const of = (metric: string): string => `max by (vault, location) (pantau_vault_${metric})`;

const noneIsGood: Steps = [
  [0, colours.good],
  [1, colours.warning],
];

const locations = named([
  ['pusat-data', 'Pusat Data'],
  ['drc', 'Pusat Pemulihan Bencana (DRC)'],
]);

/** The storage that receives the backups, whoever's they are. */
export const vaultRow = (): Row => ({
  title: 'Tempat penyimpanan cadangan',
  panels: [
    table({
      title: 'Tempat penyimpanan',
      description:
        'Kapan tiap tempat penyimpanan terakhir diperiksa, berapa berkas yang bukan milik himpunan data mana pun, dan berapa yang tidak dapat dibaca. Batas warna umur pemeriksaan 2 jam dan 1 hari: bawaan aplikasi.',
      width: 12,
      height: 8,
      labels: [
        { label: 'vault', title: 'Tempat' },
        { label: 'location', title: 'Lokasi', mappings: [locations] },
      ],
      values: [
        {
          title: 'Umur pemeriksaan',
          expr: `time() - ${of('last_scan_timestamp_seconds')}`,
          unit: 's',
          steps: [
            [0, colours.good],
            [2 * 3600, colours.warning],
            [24 * 3600, colours.bad],
          ],
        },
        { title: 'Tanpa pemilik', expr: of('unowned_objects'), decimals: 0, steps: noneIsGood },
        { title: 'Tidak terbaca', expr: of('problems'), decimals: 0, steps: noneIsGood },
      ],
      sort: [{ by: 'Umur pemeriksaan', descending: true }],
    }),
    timeSeries(
      {
        title: 'Berkas tanpa pemilik dan tidak terbaca',
        description:
          'Banyaknya berkas di tempat penyimpanan yang bukan milik himpunan data mana pun, dan yang tidak dapat dibaca.',
        width: 12,
        height: 8,
        unit: 'short',
        decimals: 0,
        min: 0,
        stepped: true,
      },
      { expr: of('unowned_objects'), legend: '{{vault}} tanpa pemilik' },
      { expr: of('problems'), legend: '{{vault}} tidak terbaca' },
    ),
  ],
});
