import { type Fault, locateFault } from '../network/locate-fault.ts';
import { routerOf, type WanState } from '../network/wan-state.ts';
import type { Judgement, LinkView, Params, SiteRule, SiteSubjectFacts } from '../rule.ts';
import { behindReasons } from './network/behind.ts';
import { type Quality, qualityOf, wanQualityParams } from './network/wan-quality.ts';

const { 'outside-intra': outsideIntra, 'own-uplink-down': ownUplinkDown } = behindReasons;

/** Breaches that stand until the line has been quiet for a while. */
const outages = ['wan-down', 'wan-unstable'] as const;

/**
 * The site can be reached through the WAN. Its router or a server behind it answers from the Pusat Data, or its reports
 * arrive, which they cannot but through the WAN. A silent agent alone proves nothing: that is no evidence. A line that
 * comes and goes is one fault until it is quiet, and one that is slow or loses packets is a note by our own numbers.
 */
export const wanReachable: SiteRule = {
  name: 'wan-reachable',
  docs: 'The router of the site answers from the Pusat Data steadily and soon enough, or reports of the site arrive.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'critical',
  params: wanQualityParams,
  evidence: {
    id: 'Jawaban router atau server di lokasi atas pemeriksaan dari Pusat Data, atau laporan agen melalui Jaringan Intra.',
    en: 'An answer of the router or of a server of the site to a probe from the Pusat Data, or reports by way of the Jaringan Intra.',
  },
  headlines: {
    'wan-down': { id: 'WAN terputus atau listrik lokasi padam', en: 'The WAN is down, or the site is without power' },
    'wan-unstable': { id: 'WAN putus-sambung', en: 'The WAN comes and goes' },
    'wan-degraded-loss': { id: 'WAN kehilangan paket', en: 'The WAN loses packets' },
    'wan-degraded-latency': { id: 'WAN lambat', en: 'The WAN is slow' },
  },
  reasons: {
    'router-answers': {
      id: 'Router {target} menjawab dari Pusat Data.',
      en: 'The router {target} answers from the Pusat Data.',
    },
    'server-answers': {
      id: 'Server {target} di belakang router lokasi ini menjawab dari Pusat Data.',
      en: 'The server {target} behind the router of this site answers from the Pusat Data.',
    },
    'reports-arrive': {
      id: 'Laporan agen dari lokasi ini diterima di Pusat Data.',
      en: 'Reports of the agent at this site arrive at the Pusat Data.',
    },
    'is-vantage-point': {
      id: 'Pengukuran WAN dilakukan dari lokasi ini, sehingga jalur ke lokasi ini sendiri tidak dinilai.',
      en: 'The WAN is measured from this site, so the way to the site itself is not judged.',
    },
    'wan-down': {
      id: 'Router {target} tidak menjawab dari Pusat Data sejak {sinceAtMs} dan tidak ada laporan dari lokasi ini: WAN terputus atau listrik lokasi padam.',
      en: 'The router {target} has not answered from the Pusat Data since {sinceAtMs}, and no report arrives from the site: the WAN is down, or the site is without power.',
    },
    'wan-unstable': {
      id: 'Jalur WAN ke router {target} putus-sambung sejak {sinceAtMs}; gangguan dianggap selesai setelah jalur tenang.',
      en: 'The WAN to the router {target} has been coming and going since {sinceAtMs}; it counts as mended once it is quiet.',
    },
    'wan-degraded-loss': {
      id: 'Router {target} menjawab, tetapi rata-rata {lossPercent}% paket hilang (batas {limitPercent}% adalah bawaan aplikasi, bukan ketentuan peraturan).',
      en: 'The router {target} answers, but {lossPercent}% of the packets are lost on average (the limit of {limitPercent}% is a default of the application, not of the regulation).',
    },
    'wan-degraded-latency': {
      id: 'Router {target} menjawab, tetapi rata-rata baru setelah {roundTripMilliseconds} ms (batas {limitMilliseconds} ms untuk {medium} adalah bawaan aplikasi, bukan ketentuan peraturan).',
      en: 'The router {target} answers, but on average only after {roundTripMilliseconds} ms (the limit of {limitMilliseconds} ms for {medium} is a default of the application, not of the regulation).',
    },
    'outside-intra': outsideIntra,
    'own-uplink-down': ownUplinkDown,
    'only-from-outside': {
      id: 'Belum dapat dinilai: laporan dari lokasi ini hanya tiba lewat jalur di luar Jaringan Intra, dan router lokasi ini tidak diukur dari Pusat Data.',
      en: 'Cannot be judged: reports of this site arrive only by a way outside the Jaringan Intra, and its router is not measured from the Pusat Data.',
    },
    'no-fresh-measurement': {
      id: 'Tidak ada pengukuran terbaru: agen di lokasi ini tidak melapor.',
      en: 'There is no recent measurement: the agent at this site is silent.',
    },
    'router-not-probed': {
      id: 'Router {target} sudah didaftarkan, tetapi belum ada agen di lokasi ini dan belum ada agen di Pusat Data (peran vantage) yang mengukurnya.',
      en: 'The router {target} is registered, but this site has no agent, and no agent at the Pusat Data (role vantage) measures it yet.',
    },
    'not-monitored': {
      id: 'Lokasi ini belum dipantau: belum ada agen dan alamat router belum didaftarkan.',
      en: 'This site is not monitored: it has no agent and no router address is registered.',
    },
  },
  words: {
    medium: {
      fiber: { id: 'serat optik', en: 'fiber' },
      radio: { id: 'radio', en: 'radio' },
      cellular: { id: 'jaringan seluler', en: 'a cellular network' },
      satellite: { id: 'satelit', en: 'a satellite link' },
      unknown: { id: 'media yang belum didaftarkan', en: 'a medium that is not registered' },
    },
  },
  judge(facts, params, nowMs): Judgement {
    if (facts.isVantagePoint) return without('not-applicable', 'is-vantage-point');
    const router = routerOf(facts);
    const fault = locateFault(facts, nowMs);
    if (router?.unstableSinceMs !== undefined && router.state !== 'unknown') return unstable(router);
    if (fault.wan.state === 'down') return notReached(fault, fault.wan);
    if (fault.wan.state === 'up') return reached(facts, fault.wan, params);
    if (fault.wan.isOwnUplink) return without('no-evidence', 'own-uplink-down');
    if (fault.wan.isOutside) return without('no-evidence', 'only-from-outside');
    const isWatched = facts.agentCount > 0 || fault.wan.isProbed;
    if (isWatched) return without('no-evidence', 'no-fresh-measurement');
    return facts.router === undefined ? without('no-evidence', 'not-monitored') : notProbed(facts.router.address);
  },
};

function without(status: Judgement['status'], reasonCode: string): Judgement {
  return { status, reasonCode, reasonArgs: {}, evidence: [] };
}

function notProbed(target: string): Judgement {
  return { ...without('no-evidence', 'router-not-probed'), reasonArgs: { target } };
}

function unstable({ target, unstableSinceMs = 0, record }: LinkView): Judgement {
  return {
    status: 'breached',
    // How often is too often is our number.
    exceeded: 'indication',
    severity: 'warning',
    reasonCode: 'wan-unstable',
    sinceAtMs: unstableSinceMs,
    reasonArgs: { target, sinceAtMs: unstableSinceMs },
    evidence: [record],
  };
}

function notReached({ place, evidence }: Fault, { target, sinceMs }: WanState & { state: 'down' }): Judgement {
  if (place === 'outside-intra') {
    return { status: 'no-evidence', reasonCode: place, reasonArgs: { sinceAtMs: sinceMs }, evidence };
  }
  return {
    status: 'breached',
    // That three failed rounds make a link "down" is our number, but a router that does not answer is a plain fact.
    exceeded: 'violation',
    reasonCode: 'wan-down',
    sinceAtMs: sinceMs,
    reasonArgs: { target, sinceAtMs: sinceMs },
    evidence,
  };
}

function reached(facts: SiteSubjectFacts, wan: WanState & { state: 'up' }, params: Params): Judgement {
  const { by, target, evidence, isSettled, upSinceMs } = wan;
  const router = by === 'router' ? routerOf(facts) : undefined;
  const quality = router && qualityOf(router, facts.medium, params);
  const poor = router && quality && degraded(router, quality, facts.medium);
  if (poor !== undefined && isSettled) return poor;
  const keepsBreachFor = [
    ...(isSettled ? [] : outages),
    ...(quality?.isNearlyLossy === true ? ['wan-degraded-loss'] : []),
    ...(quality?.isNearlySlow === true ? ['wan-degraded-latency'] : []),
  ];
  return {
    status: 'compliant',
    reasonCode: by === 'reports' ? 'reports-arrive' : `${by}-answers`,
    reasonArgs: by === 'reports' ? {} : { target },
    evidence,
    ...(keepsBreachFor.length === 0 ? {} : { keepsBreachFor }),
    ...(isSettled ? {} : { returned: { atMs: upSinceMs, from: outages } }),
  };
}

/** Nothing in the law was broken: the line works, and only numbers of ours are exceeded. */
function degraded(
  { target, record, lastRoundAtMs }: LinkView,
  quality: Quality,
  medium: SiteSubjectFacts['medium'],
): Judgement | undefined {
  const breach = { status: 'breached', exceeded: 'note', severity: 'warning', sinceAtMs: lastRoundAtMs } as const;
  const { lossRatio = 0, lossWarnRatio, roundTripSeconds = 0, slowSeconds } = quality;
  if (quality.isLossy) {
    const reasonArgs = { target, lossPercent: percent(lossRatio), limitPercent: percent(lossWarnRatio) };
    return { ...breach, reasonCode: 'wan-degraded-loss', reasonArgs, evidence: [record] };
  }
  if (!quality.isSlow) return undefined;
  const reasonArgs = {
    target,
    roundTripMilliseconds: Math.round(roundTripSeconds * 1000),
    limitMilliseconds: Math.round(slowSeconds * 1000),
    medium: medium ?? 'unknown',
  };
  return { ...breach, reasonCode: 'wan-degraded-latency', reasonArgs, evidence: [record] };
}

function percent(ratio: number): number {
  return Math.round(ratio * 100);
}
