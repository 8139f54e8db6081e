import { expect, it } from 'vitest';
import { known, minimal } from './bad-config.test-kit.ts';
import { parseWithNotes } from './load-config.ts';

/** The 26th in the zone of the Pemda. */
const nowMs = Date.parse('2026-11-25T18:00:00Z');

function notesOn(more: string): string[] {
  const { notes } = parseWithNotes(minimal + more, 'pantau.yaml', { known, nowMs });
  return notes.map((note) => note.replace(/^pantau\.yaml:\d+:\d+ perangkatDaerah\[0\]\./, ''));
}

const sites = (...settings: string[]) =>
  `    sites:\n${settings.map((each, index) => `      - { id: s${index}, ${each} }\n`).join('')}`;
const intra = 'jaringanIntra: [10.0.0.0/8]\n';

it('has no note on what is usual', () => {
  expect(notesOn(sites('subnets: [10.20.1.0/24], router: { address: 10.20.1.1 }') + intra)).toEqual([]);
  expect(notesOn(sites('subnets: [192.168.1.0/24]'))).toEqual([]);
  expect(notesOn(sites('router: { address: 10.20.1.1 }'))).toEqual([]);
  expect(notesOn(sites('subnets: [10.20.1.0/24], router: { address: gerbang.dinkes.go.id }') + intra)).toEqual([]);
});

it('tells of a subnet that widens the Jaringan Intra', () => {
  expect(notesOn(sites('subnets: [10.20.1.0/24, 192.168.1.0/24]') + intra)).toEqual([
    'sites[0].subnets[1] "192.168.1.0/24" lies outside jaringanIntra, and what comes from there counts as inside all the same; correct one of the two unless that is meant.',
  ]);
  // Larger than the network that it begins in.
  expect(notesOn(sites('subnets: [10.0.0.0/7]') + intra)).toHaveLength(1);
  expect(notesOn(sites('subnets: ["fd00::/48"]') + intra)).toHaveLength(1);
});

it('tells of more probes than an agent at the Pusat Data takes', () => {
  const site = (at: number) => `{ id: s${at}, router: { address: 10.20.${at >> 8}.${at & 255} } }`;
  const many = (count: number) =>
    Array.from({ length: 5 }, (_, pd) => {
      const own = Array.from({ length: count / 5 }, (_each, at) => site(pd * 200 + at));
      return `  - { id: p${pd}, name: P${pd}, sites: [${own.join(', ')}] }\n`;
    }).join('') + 'probeTargets: [{ id: web, kind: icmp, layer: spl, host: 10.1.1.1, from: vantage }]\n';
  expect(notesOn(many(995))).toEqual([]);
  expect(notesOn(many(1000))).toEqual([
    'pantau.yaml:6:3 perangkatDaerah gives an agent at the Pusat Data 1001 probes (routers, targets, websites); it takes 1000, and the last websites and the servers behind the routers are not probed.',
  ]);
});

it('tells of a router whose address is in none of its subnets', () => {
  expect(notesOn(sites('subnets: [10.20.1.0/24], router: { address: 10.20.2.1 }') + intra)).toEqual([
    'sites[0].router.address "10.20.2.1" is in none of the subnets of its site; correct it unless it is the side towards the WAN.',
  ]);
});

it('tells of an area with one site, which may be misspelt', () => {
  expect(
    notesOn(sites('area: Rimbo Pengadang', 'area: Rimbo Pengadang', 'area: Rimbo Pengadan', 'area: Lebong Sakti')),
  ).toEqual([
    'sites[2].area "Rimbo Pengadan" is the area of this site alone; did you mean "Rimbo Pengadang"?',
    'sites[3].area "Lebong Sakti" is the area of this site alone; an area is of use to several sites.',
  ]);
});

it('tells of a waiver that has ended', () => {
  const waiver = (until: string) =>
    `obligations: { lebong-19-1-pencadangan-berkala: { waived: [{ pd: diskominfo, number: "1", reason: r, until: ${until} }] } }\n`;

  expect(notesOn(waiver('2026-11-26'))).toEqual([]);
  expect(notesOn(waiver('2026-11-25'))).toEqual([
    expect.stringMatching(
      /waived\[0\]\.until "2026-11-25" is over, so the duty is judged again; renew the waiver or take it out\.$/,
    ),
  ]);
});

it('tells of a receiver whose address has no path, and of a password that travels readable', () => {
  const receiver = (settings: string) => `remoteWrite: [{ id: grafik, ${settings} }]\n`;
  const told = (settings: string) => notesOn(receiver(settings)).map((note) => note.replace(/^\S+ /, ''));
  const login = 'basicAuth: { username: pantau, password: rahasia }';

  expect(told("url: 'http://127.0.0.1:9090'")).toEqual([
    'remoteWrite[0].url has no path; Prometheus and VictoriaMetrics receive at /api/v1/write, Mimir at /api/v1/push.',
  ]);
  expect(told(`url: 'http://10.1.1.1:9090/api/v1/write', ${login}`)).toEqual([
    'remoteWrite[0].url sends its password readable over the network; use https:// unless that is meant.',
  ]);
  expect(told(`url: 'http://127.0.0.1:9090/api/v1/write', ${login}`)).toEqual([]);
  expect(told(`url: 'https://10.1.1.1/api/v1/write', ${login}`)).toEqual([]);
});
