import { colours } from '../../panels/colours.ts';
import { type BoardPanel, lowest, type Steps } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { table } from '../../panels/table.ts';
import { stateTimeline } from '../../panels/timeline.ts';
import { place, whose } from './columns.ts';
import { layerNames, layerTitles, siteStateNames } from './layers.ts';
import * as asked from './link-expressions.ts';
import { siteLegend, withNames } from './sites.ts';

const size = { width: 5, height: 4 };
const badFromOne: Steps = [
  [lowest, colours.good],
  [1, colours.bad],
];

const counts: readonly BoardPanel[] = [
  stat(
    {
      title: 'Lokasi tersambung',
      description: 'Lokasi yang semua pemeriksaannya pada lapisan terpilih berhasil.',
      steps: [[lowest, colours.neutral]],
      ...size,
    },
    { expr: asked.sitesIn(asked.siteStates.up), legend: 'tersambung' },
  ),
  stat(
    {
      title: 'Lokasi tersambung sebagian',
      description:
        'Lokasi yang pada lapisan terpilih sebagian pemeriksaannya berhasil dan sebagian tidak, misalnya terjangkau dari dalam tetapi tidak dari Pusat Data.',
      steps: [
        [lowest, colours.good],
        [1, colours.warning],
      ],
      ...size,
    },
    { expr: asked.sitesIn(asked.siteStates.partly), legend: 'sebagian' },
  ),
  stat(
    {
      title: 'Lokasi terputus',
      description: 'Lokasi yang tidak satu pun pemeriksaannya pada lapisan terpilih berhasil.',
      steps: badFromOne,
      ...size,
    },
    { expr: asked.sitesIn(asked.siteStates.down), legend: 'terputus' },
  ),
  stat(
    {
      title: 'Lokasi tidak diketahui',
      description:
        'Lokasi terdaftar yang keadaan lapisan terpilihnya tidak diketahui: pemeriksanya tidak melapor, atau belum ada yang memeriksa. Tidak diketahui bukan berarti terputus dan bukan berarti tersambung.',
      steps: [
        [lowest, colours.good],
        [1, colours.unknown],
      ],
      ...size,
    },
    { expr: asked.sitesUnknown, legend: 'tidak diketahui' },
  ),
  stat(
    {
      title: 'Server di luar Jaringan Intra',
      description: 'Server yang laporan terakhirnya datang dari luar Jaringan Intra. Daftarnya ada di bawah.',
      steps: badFromOne,
      width: 4,
      height: 4,
    },
    { expr: asked.outsideCount, legend: 'di luar' },
  ),
];

const matrix = table({
  title: 'Keadaan tiap lokasi menurut lapisan',
  description:
    'Keadaan sekarang, terburuk di atas (menurut LAN dan WAN). "Sebagian" berarti sebagian pemeriksaannya berhasil dan sebagian tidak; "Tidak diketahui" berarti belum ada yang memeriksa atau pemeriksanya tidak melapor.',
  labels: place,
  values: [
    { expr: withNames(asked.worstOfSite), title: 'Terburuk', mappings: [siteStateNames] },
    ...layerNames.map(([layer, title]) => ({
      expr: asked.stateOfLayer(layer),
      title,
      mappings: [siteStateNames],
    })),
  ],
  sort: [{ by: 'Terburuk' }],
  width: 24,
  height: 12,
});

const timeline = (layer: 'lan' | 'wan', title: string, description: string): BoardPanel =>
  stateTimeline(
    { title, description, mappings: [siteStateNames], interval: '2m', width: 12, height: 12 },
    { expr: asked.stateOverTime(layer), legend: siteLegend },
  );

const unstable = table({
  title: 'Sambungan tidak stabil',
  description: 'Sambungan yang putus-sambung menurut penilaian Pantau sendiri.',
  labels: [
    ...whose,
    { label: 'layer', title: 'Lapisan', mappings: [layerTitles] },
    { label: 'target', title: 'Sasaran' },
  ],
  values: [{ expr: withNames(asked.unstableLinks), title: 'Tidak stabil', hidden: true }],
  sort: [{ by: 'Perangkat Daerah' }],
  normallyEmpty: true,
  width: 12,
  height: 8,
});

const outside = table({
  title: 'Di luar Jaringan Intra',
  description:
    'Server yang laporan terakhirnya datang dari alamat di luar Jaringan Intra yang terdaftar. Kosong bila semua melapor dari dalam, atau bila Jaringan Intra belum didaftarkan.',
  labels: [...whose, { label: 'node', title: 'Server' }],
  values: [{ expr: withNames(asked.nodesOutside), title: 'Di luar', hidden: true }],
  sort: [{ by: 'Perangkat Daerah' }],
  normallyEmpty: true,
  width: 12,
  height: 8,
});

export const statePanels: readonly BoardPanel[] = [...counts, matrix];

export const timelinePanels: readonly BoardPanel[] = [
  timeline(
    'wan',
    'WAN dari waktu ke waktu',
    `Paling banyak ${asked.mostLanes} lokasi, yang paling lama terganggu. Keadaan sambungan tiap lokasi ke Pusat Data. Bagian abu-abu atau kosong tidak diketahui; laporan yang terlambat mengisinya kemudian bila riwayat ditulis dengan remote write.`,
  ),
  timeline(
    'lan',
    'LAN dari waktu ke waktu',
    `Paling banyak ${asked.mostLanes} lokasi, yang paling lama terganggu. Keadaan jaringan lokal tiap lokasi, sebagaimana diukur agen di lokasi itu. Bagian abu-abu atau kosong tidak diketahui.`,
  ),
];

export const exceptionPanels: readonly BoardPanel[] = [unstable, outside];
