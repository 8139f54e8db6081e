import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { type Answer, judged, type World } from './told-twice.ts';

const tools = needs({ tools: ['promtool'] });

const link = (pd: string, site: string, node: string, layer: string, rest = `target="t",probe="${node}"`) =>
  `pantau_link_up{pd="${pd}",site="${site}",node="${node}",layer="${layer}",${rest}}`;
const site = (pd: string, id: string, medium: string) =>
  `pantau_site_info{pd="${pd}",site="${id}",name="Lokasi ${id}",area="",medium="${medium}"}`;
const port = (node: string, name: string) =>
  `{pd="dinkes",site="kantor",node="${node}",router="10.0.0.1",interface="${name}"}`;

/** Two hours in steps of five minutes. */
const world: World = {
  intervalMinutes: 5,
  atMinutes: 120,
  rangeMinutes: 60,
  variables: { layer: 'wan' },
  series: {
    'pantau_pd_info{pd="dinkes",name="Dinas Kesehatan",mandiri_tik="false"}': '1x24',
    'pantau_pd_info{pd="rsud",name="Rumah Sakit",mandiri_tik="false"}': '1x24',
    // Reached from inside and from the Pusat Data.
    [site('dinkes', 'kantor', 'fiber')]: '1x24',
    [link('dinkes', 'kantor', 'srv', 'wan')]: '1x24',
    [link('dinkes', 'kantor', 'pemantau', 'wan')]: '1x24',
    [link('dinkes', 'kantor', 'srv', 'lan')]: '1x24',
    // Of the last hour up for six looks, down for three, unknown for four.
    [site('dinkes', 'cabang', 'radio')]: '1x24',
    [link('dinkes', 'cabang', 'pemantau', 'wan')]: '1x17 0x2 NaNx3',
    // What is not known of its WAN is no better for its LAN.
    [link('dinkes', 'cabang', 'srv', 'lan')]: '1x24',
    // Reached from inside only, and its LAN is broken.
    [site('rsud', 'kantor', 'fiber')]: '1x24',
    [link('rsud', 'kantor', 'srv', 'wan')]: '1x24',
    [link('rsud', 'kantor', 'pemantau', 'wan')]: '0x24',
    [link('rsud', 'kantor', 'srv', 'lan')]: '0x24',
    // Cut off: who is inside is not heard.
    [site('rsud', 'cabang', 'satellite')]: '1x24',
    [link('rsud', 'cabang', 'srv', 'wan')]: 'NaNx24',
    [link('rsud', 'cabang', 'pemantau', 'wan')]: '0x24',
    // As remote write tells of a silent prober.
    [link('rsud', 'cabang', 'srv', 'lan').replace('pantau_link_up', 'pantau_link_unstable')]: 'NaNx24',
    // Nobody looks.
    [site('rsud', 'gudang', '')]: '1x24',

    // One router that two agents read; 1000 bytes a second of 2000 through its WAN, more through its LAN.
    ...Object.fromEntries(
      ['srv', 'pemantau'].flatMap((node) => [
        [`pantau_router_interface_wan${port(node, 'ether1')}`, '1x24'],
        [`pantau_router_interface_wan${port(node, 'ether2')}`, '0x24'],
        [`pantau_router_interface_receive_bytes_total${port(node, 'ether1')}`, '0+300000x24'],
        [`pantau_router_interface_receive_bytes_total${port(node, 'ether2')}`, '0+900000x24'],
        [`pantau_router_up{pd="dinkes",site="kantor",node="${node}",router="10.0.0.1"}`, node === 'srv' ? 'NaNx24' : '1x24'], // prettier-ignore
      ]),
    ),
    // The same router told by its own agent, under the address that it has towards the collector.
    'pantau_router_interface_wan{pd="dinkes",site="kantor",node="gerbang",router="172.16.0.2",interface="wan"}': '1x24',
    'pantau_router_interface_receive_bytes_total{pd="dinkes",site="kantor",node="gerbang",router="172.16.0.2",interface="wan"}':
      '0+300000x24',
    'pantau_router_up{pd="rsud",site="kantor",node="srv",router="10.0.1.1"}': 'NaNx24',
    'pantau_link_approved_bytes_per_second{pd="dinkes",site="kantor",direction="down"}': '2000x24',
    'pantau_link_approved_bytes_per_second{pd="rsud",site="kantor",direction="down"}': '2000x24',
    'pantau_site_traffic_p95_bytes_per_second{pd="dinkes",site="kantor",direction="down"}': '1500x24',
    'pantau_path_outside_intra{pd="dinkes",site="kantor",node="srv"}': '0x24',
    'pantau_path_outside_intra{pd="rsud",site="kantor",node="srv"}': '1x24',
    'pantau_path_outside_intra{pd="rsud",site="cabang",node="srv"}': 'NaNx24',
  },
};

const board = 'jaringan-intra';
const office = 'pd="dinkes",site="kantor"';
const branch = 'pd="dinkes",site="cabang"';
const hospital = 'pd="rsud",site="kantor"';
const annex = 'pd="rsud",site="cabang"';
const store = 'pd="rsud",site="gudang"';
const named = (place: string, pdName: string, medium: string) =>
  `${place},name="${pdName}",site_name="Lokasi ${/site="(\w+)"/.exec(place)?.[1] ?? ''}"${medium && `,medium="${medium}"`}`;
const names = {
  office: named(office, 'Dinas Kesehatan', 'fiber'),
  branch: named(branch, 'Dinas Kesehatan', 'radio'),
  hospital: named(hospital, 'Rumah Sakit', 'fiber'),
  annex: named(annex, 'Rumah Sakit', 'satellite'),
  store: named(store, 'Rumah Sakit', ''),
};

const matrix = 'Keadaan tiap lokasi menurut lapisan';
const shares = 'Ketersediaan selama rentang terpilih';
const bandwidth = 'Lebar pita terhadap persetujuan';
/** Looks in the hour that is shown, both ends included. */
const looks = 13;

const answers: readonly Answer[] = [
  { board, panel: 'Lokasi tersambung', says: { '': 1 } },
  { board, panel: 'Lokasi tersambung sebagian', says: { '': 1 } },
  { board, panel: 'Lokasi terputus', says: { '': 1 } },
  { board, panel: 'Lokasi tidak diketahui', says: { '': 2 } },
  { board, panel: 'Server di luar Jaringan Intra', says: { '': 1 } },
  { board, panel: 'Di luar Jaringan Intra', says: { [`${names.hospital},node="srv"`]: 1 } },
  // The worst of LAN and WAN: unknown stands between what is down and what works.
  {
    board,
    panel: matrix,
    says: { [names.office]: 2, [names.branch]: 0.5, [names.hospital]: 0, [names.annex]: 0, [names.store]: 0.5 },
  },
  { board, panel: matrix, question: 1, says: { [office]: 2, [branch]: 2, [hospital]: 0, [annex]: 0.5 } },
  { board, panel: matrix, question: 2, says: { [office]: 2, [branch]: 0.5, [hospital]: 1, [annex]: 0 } },
  {
    board,
    panel: 'WAN dari waktu ke waktu',
    says: { [office]: 2, [branch]: 0.5, [hospital]: 1, [annex]: 0 },
  },
  {
    board,
    panel: shares,
    says: { [names.office]: 0, [names.branch]: 3 / looks, [names.hospital]: 0, [names.annex]: 1, [names.store]: 0 },
  },
  {
    board,
    panel: shares,
    question: 1,
    says: { [office]: 1, [branch]: 6 / looks, [hospital]: 1, [annex]: 0, [store]: 0 },
  },
  {
    board,
    panel: shares,
    question: 2,
    says: { [office]: 0, [branch]: 1 - 9 / looks, [hospital]: 0, [annex]: 0, [store]: 1 },
  },
  // Of what is known; nothing is known of the store.
  { board, panel: shares, question: 3, says: { [office]: 1, [branch]: 6 / 9, [hospital]: 1, [annex]: 0 } },
  { board, panel: bandwidth, says: { [names.office]: 1, [names.hospital]: 0 } },
  { board, panel: bandwidth, question: 3, says: { [office]: 0.75 } },
  { board, panel: bandwidth, question: 4, says: { [office]: 0.5 } },
  { board, panel: 'Pemakaian unduh terhadap persetujuan (15 lokasi tertinggi)', says: { [office]: 0.5 } },
  // What one of two readers knows is known.
  {
    board,
    panel: 'Router',
    says: { [`${names.office},router="10.0.0.1"`]: 1, [`${names.hospital},router="10.0.1.1"`]: 0.5 },
  },
];

describe.skipIf(!tools.ok)(`the board Jaringan Intra of a small Pemda ${tools.reason}`, () => {
  it.each(answers)('says in "$panel" what there is ($question)', async (answer) => {
    expect(await judged(world, answer)).toContain('SUCCESS');
  });
});
