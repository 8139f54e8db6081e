import { wanStateOf, type WanState } from '../network/wan-state.ts';
import type { AgentPathView, Judgement, Params, PathView, SiteRule, WaySign } from '../rule.ts';
import { behindReasons } from './network/behind.ts';

const params = {
  flagAfterSeconds: {
    default: 3600,
    docs: 'Reports from outside the Jaringan Intra, or signs of another line, are flagged after so many seconds (bawaan aplikasi).',
  },
};

type Source = NonNullable<AgentPathView['source']>;

/** An agent whose newest report shows where it came from. */
interface Heard {
  node: string;
  source: Source;
  signs: WaySign[];
}

/**
 * The site works through the Jaringan Intra. A report shows the way that it took itself, at that moment: nothing is said
 * of other traffic. Using is not being reachable: while the WAN of the site is down, the way round it is no breach of the
 * department but a finding that Diskominfo shares, and a site that was never connected is first a question to Diskominfo.
 */
export const jaringanIntraUsed: SiteRule = {
  name: 'jaringan-intra-used',
  docs: 'Reports of the site arrive through the Jaringan Intra, and no other line is seen beside it.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'warning',
  params,
  faults: [['outside-intra'], ['outside-while-wan-down'], ['not-connected'], ['bypass']],
  words: {
    sign: {
      gateway: { id: 'gateway bawaan', en: 'the default gateway' },
      egress: { id: 'alamat keluar ke internet', en: 'the address towards the internet' },
      hop: { id: 'titik pada jalur ke Pusat Data', en: 'the step on the way to the Pusat Data' },
    },
  },
  evidence: {
    id: 'Jalur yang ditempuh laporan agen: alamat asal yang terdaftar pada Jaringan Intra, atau tanda lain dari jalur itu.',
    en: 'The way that reports of agents take: a source address that is registered to the Jaringan Intra, or other signs of that way.',
  },
  headlines: {
    'outside-intra': { id: 'Di luar Jaringan Intra', en: 'Outside the Jaringan Intra' },
    'outside-while-wan-down': {
      id: 'WAN terputus, lokasi memakai jalur di luar Jaringan Intra',
      en: 'The WAN is down, the site goes round the Jaringan Intra',
    },
    'not-connected': { id: 'Belum tersambung ke Jaringan Intra', en: 'Not connected to the Jaringan Intra yet' },
    bypass: { id: 'Jalur lain di samping Jaringan Intra', en: 'Another way beside the Jaringan Intra' },
  },
  reasons: {
    'through-intra': {
      id: 'Laporan terakhir {node} tiba melalui Jaringan Intra dari {address}. Yang terlihat hanya jalur laporan itu, bukan seluruh lalu lintas.',
      en: 'The last report of {node} arrived through the Jaringan Intra from {address}. Only the way of that report is seen, not all traffic.',
    },
    'outside-intra': {
      id: 'Laporan {node} tiba dari {address}, di luar Jaringan Intra, sejak {sinceAtMs}. Batas waktu sebelum ditandai adalah bawaan aplikasi; yang terlihat hanya jalur laporan, bukan seluruh lalu lintas.',
      en: 'Reports of {node} have arrived from {address}, outside the Jaringan Intra, since {sinceAtMs}. How long before it is flagged is a default of the application; only the way of the reports is seen, not all traffic.',
    },
    'outside-while-wan-down': {
      id: 'Jalur WAN ke lokasi ini tidak berfungsi sejak {wanSinceAtMs} dan laporan {node} tiba dari {address}, di luar Jaringan Intra. Pemulihan jalur oleh Diskominfo; Perangkat Daerah kembali memakai Jaringan Intra setelah jalur pulih.',
      en: 'The WAN to this site has been down since {wanSinceAtMs}, and reports of {node} arrive from {address}, outside the Jaringan Intra. Diskominfo mends the WAN; the department returns to the Jaringan Intra once it works.',
    },
    'not-connected': {
      id: 'Lokasi ini tampaknya belum tersambung ke Jaringan Intra: router belum didaftarkan dan laporan {node} hanya tiba dari {address} sejak {sinceAtMs}. Diskominfo memastikan apakah sambungan sudah dibangun; selama belum, pengecualian bernomor dan berbatas waktu dapat didaftarkan.',
      en: 'This site seems not to be connected to the Jaringan Intra yet: no router is registered, and reports of {node} have arrived only from {address} since {sinceAtMs}. Diskominfo says whether the link was built; until then a waiver with a number and an end date can be registered.',
    },
    bypass: {
      id: 'Laporan tiba melalui Jaringan Intra, tetapi {node} menunjukkan jalur lain di sampingnya: {sign} {address} tidak terdaftar, terlihat sejak {sinceAtMs} (batas waktu adalah bawaan aplikasi).',
      en: 'Reports arrive through the Jaringan Intra, but {node} shows another way beside it: {sign} {address} is not registered, seen since {sinceAtMs} (how long before it is flagged is a default of the application).',
    },
    'outside-briefly': {
      id: 'Laporan {node} tiba dari {address}, di luar Jaringan Intra, baru sejak {sinceAtMs}; belum melewati batas waktu bawaan aplikasi.',
      en: 'Reports of {node} arrive from {address}, outside the Jaringan Intra, only since {sinceAtMs}; the time limit, a default of the application, has not passed.',
    },
    'behind-wan': behindReasons['behind-wan'],
    'source-hidden': {
      id: 'Laporan {node} tiba dari alamat di Pusat Data sendiri ({address}), sehingga jalur dari lokasi tidak terlihat; daftarkan perantaranya di listen.trustedProxies.',
      en: 'Reports of {node} arrive from an address at the Pusat Data itself ({address}), so the way from the site is not seen; register the proxy in listen.trustedProxies.',
    },
    'only-router-heard': {
      id: 'Yang melapor dari lokasi ini hanya routernya sendiri ({node}), dari alamat di sisi WAN ({address}); jalur perangkat di belakangnya tidak terlihat. Pasang agen pada sebuah server di lokasi ini.',
      en: 'Only the router of this site reports ({node}), from its address on the side of the WAN ({address}); the way of the machines behind it is not seen. Install an agent on a server at this site.',
    },
    'networks-not-registered': {
      id: 'Jaringan Intra belum didaftarkan (jaringanIntra), sehingga jalur tidak dapat dinilai.',
      en: 'The Jaringan Intra is not registered (jaringanIntra), so ways cannot be judged.',
    },
    'no-fresh-report': {
      id: 'Tidak ada laporan terbaru dari lokasi ini, sehingga jalurnya tidak diketahui.',
      en: 'There is no recent report from this site, so its way is not known.',
    },
    'is-vantage-point': {
      id: 'Lokasi ini adalah tempat Pusat Data: laporannya tidak meninggalkan lokasi, sehingga jalurnya tidak dinilai.',
      en: 'This site is where the Pusat Data is: its reports do not leave the site, so their way is not judged.',
    },
  },
  judge(facts, given, nowMs): Judgement {
    const { path } = facts;
    if (facts.isVantagePoint) return without('not-applicable', 'is-vantage-point');
    if (path?.isRegistered !== true) return without('no-evidence', 'networks-not-registered');
    const heard = heardFrom(path);
    const [first] = heard;
    if (first === undefined) return without('no-evidence', 'no-fresh-report');
    const context = { path, wan: wanStateOf(facts), flagAfterMs: flagAfterMs(given), nowMs };
    const outside = longest(heard.filter(({ source }) => source.place === 'outside'));
    if (outside !== undefined) return judgeOutside(outside, context);
    // A router stands with one foot in the network beyond: its own address there shows nothing of the site.
    const routers = new Set(facts.agents.flatMap(({ node, isRouter }) => (isRouter ? node : [])));
    const seen = heard.filter(({ node, source }) => source.place !== 'pusat-data' || !routers.has(node));
    const hidden = seen.find(({ source }) => source.place === 'pusat-data');
    if (hidden !== undefined) return told('no-evidence', 'source-hidden', hidden);
    const [shown] = seen;
    const through = shown && told('compliant', 'through-intra', shown);
    return judgeSigns(heard, through, context) ?? through ?? told('no-evidence', 'only-router-heard', first);
  },
};

function without(status: Judgement['status'], reasonCode: string): Judgement {
  return { status, reasonCode, reasonArgs: {}, evidence: [] };
}

function told(status: Judgement['status'], reasonCode: string, { node, source }: Heard): Judgement {
  return { status, reasonCode, reasonArgs: { node, address: source.address }, evidence: [source.record] };
}

function flagAfterMs(given: Params): number {
  return Number(given['flagAfterSeconds'] ?? params.flagAfterSeconds.default) * 1000;
}

function heardFrom({ agents }: PathView): Heard[] {
  return agents.flatMap(({ node, isFresh, source, signs }) =>
    isFresh && source !== undefined ? [{ node, source, signs }] : [],
  );
}

function longest(heard: readonly Heard[]): Heard | undefined {
  return heard.toSorted((a, b) => a.source.sinceMs - b.source.sinceMs)[0];
}

interface Context {
  path: PathView;
  wan: WanState;
  flagAfterMs: number;
  nowMs: number;
}

function judgeOutside(outside: Heard, { path, wan, flagAfterMs: waitMs, nowMs }: Context): Judgement {
  const { node, source } = outside;
  const { address, record } = source;
  if (wan.state === 'down') return wan.isOutside ? aroundOutage(outside, wan) : behindWan(wan);
  const working = proofOfLink(path, wan);
  // Going round a link that has only just come back is not yet going round one that works.
  const sinceAtMs = Math.max(source.sinceMs, working?.upSinceMs ?? source.sinceMs);
  const told = { reasonArgs: { node, address, sinceAtMs }, evidence: [record, ...(working?.evidence ?? [])] };
  if (nowMs - sinceAtMs < waitMs) {
    return { status: 'no-evidence', reasonCode: 'outside-briefly', ...told, recheckAtMs: sinceAtMs + waitMs };
  }
  const breach = { status: 'breached', sinceAtMs, ...told } as const;
  if (!path.isConnected) {
    // Whether there is anything to use is first the operator's to say.
    return { ...breach, exceeded: 'finding', severity: 'info', reasonCode: 'not-connected', owner: 'diskominfo' };
  }
  // Only with a link that answers is it proven that the department could have used it.
  return { ...breach, exceeded: working === undefined ? 'indication' : 'violation', reasonCode: 'outside-intra' };
}

/** What proves that the link of the site works: its router or a server answers, or another machine reports through it. */
function proofOfLink({ agents }: PathView, wan: WanState): (WanState & { state: 'up' }) | undefined {
  if (wan.state !== 'up') return undefined;
  const isThrough = agents.some(({ isFresh, source }) => isFresh && source?.place === 'intra');
  return wan.by !== 'reports' || isThrough ? wan : undefined;
}

/** That the router is silent was sifted already, so nothing is waited for; the way round it keeps the site working. */
function aroundOutage({ node, source }: Heard, wan: WanState & { state: 'down' }): Judgement {
  return {
    status: 'breached',
    exceeded: 'finding',
    owner: 'joint',
    reasonCode: 'outside-while-wan-down',
    sinceAtMs: Math.max(wan.sinceMs, source.sinceMs),
    reasonArgs: { node, address: source.address, wanSinceAtMs: wan.sinceMs },
    evidence: [...new Set([source.record, ...wan.evidence])],
  };
}

function behindWan({ sinceMs, evidence }: WanState & { state: 'down' }): Judgement {
  return { status: 'no-evidence', reasonCode: 'behind-wan', reasonArgs: { sinceAtMs: sinceMs }, evidence };
}

/** A line beside the network is an indication; a step that nobody registered may be the provider's own. */
function judgeSigns(
  heard: readonly Heard[],
  through: Judgement | undefined,
  { flagAfterMs: waitMs, nowMs }: Context,
): Judgement | undefined {
  const all = heard.flatMap(({ node, signs }) => signs.map((sign) => ({ node, ...sign })));
  const sustained = all.filter(({ sinceMs }) => nowMs - sinceMs >= waitMs);
  const sign = sustained.find(({ kind }) => kind !== 'hop') ?? sustained[0];
  if (sign === undefined) {
    const [next] = all.toSorted((a, b) => a.sinceMs - b.sinceMs);
    return next && through && { ...through, recheckAtMs: next.sinceMs + waitMs };
  }
  return {
    status: 'breached',
    exceeded: sign.kind === 'hop' ? 'finding' : 'indication',
    reasonCode: 'bypass',
    sinceAtMs: sign.sinceMs,
    reasonArgs: { node: sign.node, sign: sign.kind, address: sign.address, sinceAtMs: sign.sinceMs },
    evidence: [sign.record],
  };
}
