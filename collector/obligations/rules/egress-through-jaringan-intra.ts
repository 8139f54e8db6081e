import type { AgentPathView, Judgement, OwnWay, Params, SiteRule } from '../rule.ts';

const params = {
  flagAfterSeconds: {
    default: 3600,
    docs: 'A way out that is not registered is flagged after so many seconds (bawaan aplikasi).',
  },
};

/** A way out of a machine that is not the Pemda's. */
interface ForeignWay {
  node: string;
  kind: 'gateway' | 'egress' | 'report';
  address: string;
  sinceMs: number;
  record: OwnWay['record'];
}

/**
 * The Jaringan Intra is closed: the machines of the site go out through it, or where the Pemda itself meets the
 * internet. Whether the department works through the network is another duty's affair (`jaringan-intra-used`), which
 * tells of the same line to whoever must act; here it counts against whoever keeps the network closed.
 */
export const egressThroughJaringanIntra: SiteRule = {
  name: 'egress-through-jaringan-intra',
  docs: 'Machines of the site go out through the Jaringan Intra, or where the Pemda itself meets the internet.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'info',
  params,
  toldBy: { 'jaringan-intra-used': ['outside-intra', 'outside-while-wan-down', 'not-connected', 'bypass'] },
  evidence: {
    id: 'Laporan agen di lokasi ini tentang gateway bawaan dan alamat keluarnya ke internet, dibandingkan dengan subnet lokasi, jaringanIntra, dan egress.registered.',
    en: 'What the agents of the site report of their default gateway and their address towards the internet, compared with the subnets of the site, jaringanIntra and egress.registered.',
  },
  words: {
    way: {
      gateway: { id: 'gateway bawaan', en: 'the default gateway' },
      egress: { id: 'alamat keluar ke internet', en: 'the address towards the internet' },
      report: { id: 'alamat asal laporannya', en: 'the address from which its reports come' },
    },
    ownWay: {
      gateway: { id: 'gateway bawaan', en: 'the default gateway' },
      egress: { id: 'alamat keluar ke internet', en: 'the address towards the internet' },
    },
  },
  headlines: {
    'own-way-out': { id: 'Jalan keluar di luar Jaringan Intra', en: 'A way out beside the Jaringan Intra' },
  },
  reasons: {
    'closed-network': {
      id: 'Jalan keluar {node} terdaftar: {ownWay} {address}.',
      en: 'The way out of {node} is registered: {ownWay} {address}.',
    },
    'own-way-out': {
      id: 'Jalan keluar {node} tidak terdaftar: {way} {address}, terlihat sejak {sinceAtMs} (batas waktu sebelum ditandai adalah bawaan aplikasi).',
      en: 'The way out of {node} is not registered: {way} {address}, seen since {sinceAtMs} (how long before it is flagged is a default of the application).',
    },
    'own-way-briefly': {
      id: 'Jalan keluar {node} tidak terdaftar: {way} {address}, baru sejak {sinceAtMs}; belum melewati batas waktu bawaan aplikasi.',
      en: 'The way out of {node} is not registered: {way} {address}, only since {sinceAtMs}; the time limit, a default of the application, has not passed.',
    },
    'way-not-told': {
      id: 'Jalan keluar dari lokasi ini belum diketahui: daftarkan subnet lokasi ini (subnets), atau alamat pemeriksaan dan alamat keluar Pemda (egress.url, egress.registered).',
      en: 'The way out of this site is not known: register its networks (subnets), or the page that tells it and the addresses of the Pemda (egress.url, egress.registered).',
    },
    'networks-not-registered': {
      id: 'Jaringan Intra belum didaftarkan (jaringanIntra), sehingga jalan keluar tidak dapat dinilai.',
      en: 'The Jaringan Intra is not registered (jaringanIntra), so ways out cannot be judged.',
    },
    'no-fresh-report': {
      id: 'Tidak ada laporan terbaru dari agen di lokasi ini, sehingga jalan keluarnya tidak diketahui.',
      en: 'There is no recent report of an agent at this site, so its way out is not known.',
    },
    'is-vantage-point': {
      id: 'Lokasi ini adalah tempat Pusat Data, tempat Pemda sendiri tersambung ke luar, sehingga tidak dinilai.',
      en: 'This site is where the Pusat Data is, and where the Pemda itself meets the outside, so it is not judged.',
    },
  },
  judge({ path, isVantagePoint }, given, nowMs): Judgement {
    if (isVantagePoint) return plain('not-applicable', 'is-vantage-point');
    if (path?.isRegistered !== true) return plain('no-evidence', 'networks-not-registered');
    const heard = path.agents.filter(({ isFresh }) => isFresh);
    if (heard.length === 0) return plain('no-evidence', 'no-fresh-report');
    const foreign = heard.flatMap(foreignWays).toSorted(inOrder);
    const [first] = foreign;
    if (first !== undefined) return judgeForeign(first, given, nowMs);
    const own = heard.flatMap(({ node, ownWays }) => ownWays.map((way) => ({ node, ...way }))).toSorted(inOrder);
    const [shown] = own;
    if (shown === undefined) return plain('no-evidence', 'way-not-told');
    const reasonArgs = { node: shown.node, ownWay: shown.kind, address: shown.address };
    return { status: 'compliant', reasonCode: 'closed-network', reasonArgs, evidence: [shown.record] };
  },
};

function plain(status: Judgement['status'], reasonCode: string): Judgement {
  return { status, reasonCode, reasonArgs: {}, evidence: [] };
}

function foreignWays({ node, source, signs }: AgentPathView): ForeignWay[] {
  const outside = source?.place === 'outside' ? [{ node, kind: 'report' as const, ...source }] : [];
  const shown = signs.flatMap(({ kind, ...sign }) => (kind === 'hop' ? [] : [{ node, kind, ...sign }]));
  return [...outside, ...shown].map(({ kind, address, sinceMs, record }) => ({ node, kind, address, sinceMs, record }));
}

/** The one that has been there longest; which came first in the list decides nothing. */
function inOrder(a: { sinceMs?: number; node: string; kind: string }, b: typeof a): number {
  const byName = `${a.kind} ${a.node}`.localeCompare(`${b.kind} ${b.node}`);
  return (a.sinceMs ?? 0) - (b.sinceMs ?? 0) || byName;
}

function judgeForeign(way: ForeignWay, given: Params, nowMs: number): Judgement {
  const { node, kind, address, sinceMs, record } = way;
  const flagAtMs = sinceMs + flagAfterMs(given);
  const told = { reasonArgs: { node, way: kind, address, sinceAtMs: sinceMs }, evidence: [record] };
  if (nowMs < flagAtMs) {
    return { status: 'no-evidence', reasonCode: 'own-way-briefly', ...told, recheckAtMs: flagAtMs };
  }
  // Only a number of ours was exceeded, and what goes out by that way is not seen.
  return { status: 'breached', exceeded: 'indication', reasonCode: 'own-way-out', sinceAtMs: sinceMs, ...told };
}

function flagAfterMs({ flagAfterSeconds }: Params): number {
  const isGood = typeof flagAfterSeconds === 'number' && flagAfterSeconds >= 0;
  return (isGood ? flagAfterSeconds : params.flagAfterSeconds.default) * 1000;
}
