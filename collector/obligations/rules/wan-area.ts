import type { AreaMember, AreaSubjectFacts, VantageView } from '../area-facts.ts';
import type { AreaRule, Judgement, Params } from '../rule.ts';

/**
 * Many sites of one area that lose the WAN together have one fault: the backbone or the power of the area. When the
 * agents at the Pusat Data cannot look out at all, the fault is the line of the Pusat Data, and nothing is known of the
 * sites. An outage that was found goes on until most of its sites are back.
 */
export const wanArea: AreaRule = {
  name: 'wan-area',
  docs: 'No area, and not the Pemda as a whole, loses the WAN of its sites at once.',
  subject: 'area',
  of: 'wan-reachable',
  incidentKind: 'link',
  severity: 'critical',
  params: {
    areaSites: { default: 3, docs: 'fewer sites that are down together are no common outage' },
    areaShare: { default: 0.8, docs: 'share of the monitored sites of an area that must be down' },
    areaWindowIntervals: { default: 3, docs: 'within so many reporting intervals the outages must have begun' },
    areaEndShare: {
      default: 0.5,
      docs: 'a common outage is over when less than this share of its sites is still down',
    },
  },
  evidence: {
    id: 'Keadaan WAN setiap lokasi yang terdaftar, sebagaimana diperiksa dari Pusat Data.',
    en: 'The state of the WAN of each registered site, as it is probed from the Pusat Data.',
  },
  headlines: {
    'backbone-or-power': {
      id: 'WAN banyak lokasi terputus bersamaan di wilayah {area}',
      en: 'Many sites of the area {area} lost the WAN at once',
    },
    'backbone-down': { id: 'WAN banyak lokasi terputus bersamaan', en: 'Many sites lost the WAN at once' },
    'pusat-data-uplink-down': { id: 'Sambungan Pusat Data terputus', en: 'The line of the Pusat Data is down' },
  },
  reasons: {
    'no-common-outage': {
      id: 'Tidak ada gangguan bersama: {upCount} dari {monitoredCount} lokasi yang dipantau terhubung melalui WAN.',
      en: 'There is no common outage: {upCount} of {monitoredCount} monitored sites can be reached through the WAN.',
    },
    'backbone-or-power': {
      id: 'WAN {siteCount} dari {monitoredCount} lokasi di wilayah {area} terputus atau putus-sambung hampir bersamaan sejak {sinceAtMs}: gangguan jaringan tulang punggung atau listrik wilayah.',
      en: 'The WAN of {siteCount} of {monitoredCount} sites in the area {area} was lost or became unsteady almost at once at {sinceAtMs}: the backbone or the power of the area has failed.',
    },
    'backbone-down': {
      id: 'WAN {siteCount} dari {monitoredCount} lokasi Pemda terputus atau putus-sambung hampir bersamaan sejak {sinceAtMs}: gangguan jaringan tulang punggung.',
      en: 'The WAN of {siteCount} of {monitoredCount} sites of the Pemda was lost or became unsteady almost at once at {sinceAtMs}: the backbone has failed.',
    },
    'pusat-data-uplink-down': {
      id: 'Agen di Pusat Data tidak dapat menjangkau jaringannya sendiri sejak {sinceAtMs}: sambungan Pusat Data terputus, sehingga keadaan {siteCount} lokasi tidak diketahui.',
      en: 'The agents at the Pusat Data have not reached their own network since {sinceAtMs}: the line of the Pusat Data is down, so the state of {siteCount} sites is not known.',
    },
    'vantage-cut-off': {
      id: 'Agen pengukur di Pusat Data kehilangan sambungannya sendiri; belum dapat dipastikan apakah sambungan Pusat Data yang terputus.',
      en: 'The measuring agents at the Pusat Data have lost their own line; whether the line of the Pusat Data is down cannot be told yet.',
    },
    'no-vantage': {
      id: 'Tidak ada agen di Pusat Data yang sedang mengukur WAN.',
      en: 'No agent at the Pusat Data measures the WAN at present.',
    },
    'not-measured': {
      id: 'Belum ada lokasi yang WAN-nya terukur saat ini.',
      en: 'There is no site whose WAN is measured at present.',
    },
  },
  // Who was told of a lost backbone was not told that the Pusat Data itself is cut off.
  faults: [['pusat-data-uplink-down']],
  judge(facts, params, nowMs): Judgement {
    const limits = limitsOf(params, facts.intervalSeconds);
    if (!facts.vantages.some(({ state }) => state === 'watching')) return withoutVantage(facts, nowMs);
    const goesOn = facts.ongoing && ongoing(facts, facts.ongoing, limits);
    if (goesOn !== undefined) return goesOn;
    const monitored = facts.members.filter(({ wan }) => wan !== 'unknown');
    if (monitored.length === 0) return plain('no-evidence', 'not-measured');
    const outage = commonOutage(monitored, limits);
    if (outage !== undefined && concerns(facts, outage)) return lost(facts, outage, monitored);
    const upCount = monitored.filter(({ wan }) => wan === 'up').length;
    return {
      ...plain('compliant', 'no-common-outage'),
      reasonArgs: { upCount, monitoredCount: monitored.length },
      evidence: recordsOf(monitored),
    };
  },
};

interface Limits {
  sites: number;
  share: number;
  windowMs: number;
  endShare: number;
}

function limitsOf(params: Params, intervalSeconds: number): Limits {
  const number = (name: string): number => {
    const value = params[name];
    return typeof value === 'number' && value > 0 ? value : Number(wanArea.params[name]?.default);
  };
  return {
    sites: number('areaSites'),
    share: number('areaShare'),
    windowMs: number('areaWindowIntervals') * intervalSeconds * 1000,
    endShare: number('areaEndShare'),
  };
}

/** From one silent site nobody can tell whether it is the site that is cut off or the Pusat Data. */
const fewestWatchedSites = 2;

/** The own gateway is a witness too, where it is known to answer. */
function hasWitnesses(watchedSites: readonly string[], cutOff: readonly VantageView[]): boolean {
  if (watchedSites.length >= fewestWatchedSites) return true;
  return watchedSites.length > 0 && cutOff.some(({ gateway }) => gateway === 'silent');
}

/** As with any link, three rounds must agree. */
const roundsUntilCutOff = 3;

function withoutVantage(facts: AreaSubjectFacts, nowMs: number): Judgement {
  const { area, vantages, watchedSites, lastHeardMs, intervalSeconds } = facts;
  const cutOff = vantages.filter(({ state }) => state === 'own-uplink-down');
  // Each area would say the same; the Pemda as a whole says it once.
  if (cutOff.length === 0 || area !== undefined) return plain('no-evidence', 'no-vantage');
  const sinceMs = Math.min(...cutOff.map((vantage) => vantage.sinceMs));
  const evidence = recordsOf(cutOff);
  const certainAtMs = sinceMs + (roundsUntilCutOff - 1) * intervalSeconds * 1000;
  const isHeard = lastHeardMs !== undefined && lastHeardMs > sinceMs;
  const undecided = { ...plain('no-evidence', 'vantage-cut-off'), evidence };
  if (nowMs < certainAtMs) return { ...undecided, recheckAtMs: certainAtMs };
  if (isHeard || !hasWitnesses(watchedSites, cutOff)) return undecided;
  return {
    status: 'breached',
    exceeded: 'violation',
    reasonCode: 'pusat-data-uplink-down',
    sinceAtMs: sinceMs,
    reasonArgs: { siteCount: watchedSites.length, sinceAtMs: sinceMs },
    evidence,
    sites: watchedSites,
  };
}

/** What was found goes on while enough of its sites are down; nothing is said while enough may be. */
function ongoing(
  facts: AreaSubjectFacts,
  before: NonNullable<AreaSubjectFacts['ongoing']>,
  limits: Limits,
): Judgement | undefined {
  const own = facts.members.filter(({ site }) => before.sites.includes(site));
  const needed = Math.max(limits.sites, limits.endShare * before.sites.length);
  const down = own.filter(({ wan }) => wan === 'down');
  const unknownCount = own.filter(({ wan }) => wan === 'unknown').length;
  if (down.length >= needed) {
    const joined = facts.members.filter(
      ({ site, wan, sinceMs }) =>
        wan === 'down' && !before.sites.includes(site) && Math.abs(sinceMs - before.sinceMs) <= limits.windowMs,
    );
    const monitored = facts.members.filter(({ wan, site }) => wan !== 'unknown' || before.sites.includes(site));
    const sites = [...new Set([...before.sites, ...joined.map(({ site }) => site)])].toSorted();
    return lost(facts, [...down, ...joined], monitored, { sites, sinceMs: before.sinceMs });
  }
  if (down.length + unknownCount >= needed) return plain('no-evidence', 'not-measured');
  return undefined;
}

/** The largest crowd of sites that went down together, when it is large enough. */
function commonOutage(monitored: readonly AreaMember[], limits: Limits): AreaMember[] | undefined {
  const down = monitored.filter(({ wan }) => wan === 'down').toSorted((a, b) => a.sinceMs - b.sinceMs);
  let best: AreaMember[] = [];
  let first = 0;
  for (const [last, member] of down.entries()) {
    while (member.sinceMs - (down[first]?.sinceMs ?? 0) > limits.windowMs) first += 1;
    // Of two crowds of the same size the later one is the news.
    if (last - first + 1 >= best.length) best = down.slice(first, last + 1);
  }
  const beganAtMs = best[0]?.sinceMs ?? 0;
  // What was down before could not fall any more.
  const standing = monitored.filter(({ wan, sinceMs }) => wan !== 'down' || sinceMs >= beganAtMs);
  return best.length >= limits.sites && best.length >= limits.share * standing.length ? best : undefined;
}

/** An outage of one area is the area's, not the Pemda's. */
function concerns({ area, hasAreas }: AreaSubjectFacts, outage: readonly AreaMember[]): boolean {
  return area !== undefined || !hasAreas || new Set(outage.map((member) => member.area)).size > 1;
}

function lost(
  { area }: AreaSubjectFacts,
  down: readonly AreaMember[],
  monitored: readonly AreaMember[],
  known?: { sites: string[]; sinceMs: number },
): Judgement {
  const sites = known?.sites ?? down.map(({ site }) => site).toSorted();
  const sinceMs = known?.sinceMs ?? Math.min(...down.map((member) => member.sinceMs));
  const counts = { siteCount: sites.length, monitoredCount: Math.max(monitored.length, sites.length) };
  return {
    status: 'breached',
    // When outages count as one is our number, but routers that do not answer are a plain fact; those that come and go
    // do so too often by a number of ours.
    ...(down.every(({ isUnstable }) => isUnstable)
      ? { exceeded: 'indication' as const, severity: 'warning' as const }
      : { exceeded: 'violation' as const }),
    reasonCode: area === undefined ? 'backbone-down' : 'backbone-or-power',
    sinceAtMs: sinceMs,
    reasonArgs: { ...counts, sinceAtMs: sinceMs, ...(area === undefined ? {} : { area }) },
    evidence: recordsOf(down),
    sites,
  };
}

function plain(status: 'compliant' | 'no-evidence', reasonCode: string): Judgement {
  return { status, reasonCode, reasonArgs: {}, evidence: [] };
}

const maxEvidenceCount = 16;

/** One report of a vantage speaks of many sites: each report is named once. */
function recordsOf(from: readonly (AreaMember | VantageView)[]): Judgement['evidence'] {
  const byName = new Map(from.flatMap(({ record }) => (record ? [[JSON.stringify(record), record] as const] : [])));
  return [...byName.values()].slice(0, maxEvidenceCount);
}
