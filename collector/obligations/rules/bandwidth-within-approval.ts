import type { Judgement, Params, SiteRule, SiteSubjectFacts, TrafficView } from '../rule.ts';

/**
 * A site's WAN carries no more than Diskominfo approved, by the 95th percentile of five-minute means over a day: short
 * peaks are ordinary use. Percentile and window are ours; the law names neither.
 */
export const bandwidthWithinApproval: SiteRule = {
  name: 'bandwidth-within-approval',
  docs: "The 95th percentile of the WAN's use stays within the bandwidth that Diskominfo approved.",
  subject: 'site',
  incidentKind: 'link',
  severity: 'warning',
  params: {
    leastMeasuredHours: {
      default: 6,
      docs: 'hours of the last day that must be measured before a percentile is judged',
    },
    overRatio: { default: 1, docs: 'share of the approval that the 95th percentile may reach' },
    nearRatio: { default: 0.8, docs: 'share of the approval from which the last quarter of an hour counts as near it' },
  },
  evidence: {
    id: 'Penghitung antarmuka WAN yang dibaca agen, dan persetujuan lebar pita dalam register atau konfigurasi (approvedBandwidth).',
    en: 'Counters of the WAN interface read by an agent, and the approved bandwidth in the register or the configuration (approvedBandwidth).',
  },
  headlines: {
    'over-approval': {
      id: 'Pemakaian melampaui lebar pita yang disetujui',
      en: 'More bandwidth is used than was approved',
    },
  },
  reasons: {
    'not-measured': {
      id: 'Pemakaian lebar pita lokasi ini tidak terukur: daftarkan router.snmp dan router.wanInterfaces agar penghitung antarmuka WAN dapat dibaca.',
      en: 'The use of bandwidth is not measured here: register router.snmp and router.wanInterfaces, so that the counters of the WAN interface can be read.',
    },
    'not-yet-measured': {
      id: 'Router {target} terdaftar untuk dibaca, tetapi penghitung antarmuka WAN-nya belum terbaca selama lima menit penuh. Bila tetap demikian, periksa pembacaan router pada /api/v1/routers.',
      en: 'The router {target} is registered to be read, but the counters of its WAN interfaces have not been read for five whole minutes yet. If that does not change, look at /api/v1/routers.',
    },
    'no-approval': {
      id: 'Lebar pita yang disetujui untuk lokasi ini belum didaftarkan (approvedBandwidth), sehingga pemakaian tidak dapat dibandingkan.',
      en: 'No approved bandwidth is registered for this site (approvedBandwidth), so its use cannot be compared.',
    },
    'approval-ended': {
      id: 'Persetujuan lebar pita Nomor {number} untuk lokasi ini berakhir pada {untilDay} dan belum ada penggantinya dalam register, sehingga pemakaian tidak dapat dibandingkan.',
      en: 'The approval of bandwidth number {number} for this site ended on {untilDay}, and no other one is entered, so its use cannot be compared.',
    },
    'too-little-measured': {
      id: 'Baru {measuredHours} jam dari 24 jam terakhir yang terukur; penilaian memerlukan sedikitnya {leastMeasuredHours} jam (bawaan aplikasi).',
      en: 'Only {measuredHours} of the last 24 hours were measured; judging needs at least {leastMeasuredHours} (a setting of the application).',
    },
    'over-approval': {
      id: 'Pemakaian arah {direction} melampaui lebar pita yang disetujui: persentil ke-95 selama 24 jam terakhir {usedMbps} Mbps dari {approvedMbps} Mbps. Ukuran persentil ke-95 adalah bawaan aplikasi.',
      en: 'The use {direction} exceeds the approved bandwidth: the 95th percentile of the last 24 hours is {usedMbps} of {approvedMbps} Mbit/s. Measuring by this percentile is a setting of the application.',
    },
    'near-approval': {
      id: 'Pemakaian arah {direction} mendekati batas: selama seperempat jam terakhir sedikitnya {usedMbps} Mbps dari {approvedMbps} Mbps yang disetujui.',
      en: 'The use {direction} is near the limit: in the last quarter of an hour at least {usedMbps} of the approved {approvedMbps} Mbit/s.',
    },
    'within-approval': {
      id: 'Pemakaian dalam batas yang disetujui: persentil ke-95 selama 24 jam terakhir {downMbps} Mbps ke lokasi dan {upMbps} Mbps dari lokasi.',
      en: 'The use is within the approval: the 95th percentile of the last 24 hours is {downMbps} Mbit/s to the site and {upMbps} Mbit/s from it.',
    },
  },
  remarks: {
    endedDay: {
      id: 'Persetujuan Nomor {endedNumber} dalam register berakhir pada {endedDay}; yang dibandingkan adalah lebar pita dalam konfigurasi (approvedBandwidth).',
      en: 'The approval number {endedNumber} of the register ended on {endedDay}; what is compared is the bandwidth of the configuration (approvedBandwidth).',
    },
  },
  words: {
    direction: {
      down: { id: 'ke lokasi (unduh)', en: 'to the site' },
      up: { id: 'dari lokasi (unggah)', en: 'from the site' },
    },
  },
  judge({ traffic, router }, params, nowMs): Judgement {
    if (traffic === undefined) return notMeasured(router, nowMs);
    const { endedApproval: ended } = traffic;
    const approvals = [...listOf(traffic.approval?.reference), ...listOf(ended?.reference)];
    const evidence = [...listOf(traffic.record), ...approvals];
    // Slots fill and leave the window as time goes by, whether anything is reported or not.
    const again = { evidence, recheckAtMs: nowMs + recheckMs };
    if (traffic.approval === undefined && ended !== undefined) {
      const reasonArgs = { number: ended.number, untilDay: ended.untilDay };
      return { status: 'no-evidence', reasonCode: 'approval-ended', reasonArgs, ...again };
    }
    if (traffic.approval === undefined) {
      return { status: 'no-evidence', reasonCode: 'no-approval', reasonArgs: {}, ...again };
    }
    const leastMeasuredHours = numberOf(params, 'leastMeasuredHours');
    const measuredHours = Math.floor(traffic.totals.coveredSeconds / 360) / 10;
    if (measuredHours < leastMeasuredHours) {
      const reasonArgs = { measuredHours, leastMeasuredHours };
      // What was found before may have been measured in hours that nobody measured again.
      return { status: 'no-evidence', reasonCode: 'too-little-measured', reasonArgs, keepsBreach: true, ...again };
    }
    const said = judgeUse(traffic, params);
    const reasonArgs = { ...said.reasonArgs, ...remarkOn(ended) };
    return { ...said, reasonArgs, ...(said.status === 'breached' ? { sinceAtMs: nowMs } : {}), ...again };
  },
};

const listOf = <Item>(item: Item | undefined): Item[] => (item === undefined ? [] : [item]);

/** A fall back to the configuration is never silent. */
function remarkOn(ended: TrafficView['endedApproval']): Record<string, string> {
  return ended === undefined ? {} : { endedNumber: ended.number, endedDay: ended.untilDay };
}

const recheckMs = 300_000;
/** What was over its approval is within it again only below this share of it: a line that is just full is no news each slot. */
const leaveShare = 0.98;

/** The first slot is awaited. */
const firstRecheckMs = 60_000;

function notMeasured(router: SiteSubjectFacts['router'], nowMs: number): Judgement {
  const nothing = { status: 'no-evidence' as const, evidence: [] };
  if (router?.countsWan !== true) return { ...nothing, reasonCode: 'not-measured', reasonArgs: {} };
  const reasonArgs = { target: router.address };
  return { ...nothing, reasonCode: 'not-yet-measured', reasonArgs, recheckAtMs: nowMs + firstRecheckMs };
}

function numberOf(params: Params, name: string): number {
  const value = params[name];
  return typeof value === 'number' && value >= 0 ? value : Number(bandwidthWithinApproval.params[name]?.default);
}

interface Direction {
  direction: 'down' | 'up';
  approved: number;
  p95: number;
  /** The least of the last slots; undefined when they are not all there. */
  lately: number | undefined;
}

function directionsOf({ approval, totals, recent }: TrafficView): Direction[] {
  const least = (rates: number[]) => (rates.length < slotsOfQuarter ? undefined : Math.min(...rates));
  return [
    {
      direction: 'down',
      approved: approval?.downBytesPerSecond ?? 0,
      p95: totals.p95Down ?? 0,
      lately: least(recent.map((slot) => slot.downBytesPerSecond)),
    },
    {
      direction: 'up',
      approved: approval?.upBytesPerSecond ?? 0,
      p95: totals.p95Up ?? 0,
      lately: least(recent.map((slot) => slot.upBytesPerSecond)),
    },
  ];
}

const slotsOfQuarter = 3;

function judgeUse(traffic: TrafficView, params: Params): Omit<Judgement, 'evidence'> {
  const directions = directionsOf(traffic);
  const overRatio = numberOf(params, 'overRatio');
  const over = directions.find(({ p95, approved }) => p95 > approved * overRatio);
  if (over !== undefined) {
    const reasonArgs = { direction: over.direction, usedMbps: mbps(over.p95), approvedMbps: mbps(over.approved) };
    return { status: 'breached', exceeded: 'indication', reasonCode: 'over-approval', reasonArgs };
  }
  const isNearlyOver = directions.some(({ p95, approved }) => p95 > approved * overRatio * leaveShare);
  return { ...within(directions, params), ...(isNearlyOver ? { keepsBreachFor: ['over-approval'] } : {}) };
}

function within(directions: readonly Direction[], params: Params): Omit<Judgement, 'evidence'> {
  const isNear = ({ lately, approved }: Direction) => (lately ?? 0) >= approved * numberOf(params, 'nearRatio');
  const near = directions.find(isNear);
  if (near !== undefined) {
    const reasonArgs = {
      direction: near.direction,
      usedMbps: mbps(near.lately ?? 0),
      approvedMbps: mbps(near.approved),
    };
    return { status: 'compliant', reasonCode: 'near-approval', reasonArgs };
  }
  const [down, up] = directions;
  const reasonArgs = { downMbps: mbps(down?.p95 ?? 0), upMbps: mbps(up?.p95 ?? 0) };
  return { status: 'compliant', reasonCode: 'within-approval', reasonArgs };
}

/** Megabits per second with one decimal, rounded up: no sentence says "20 of 20" about what is above. */
function mbps(bytesPerSecond: number): number {
  return Math.ceil((bytesPerSecond * 8) / 1e5 - 1e-9) / 10;
}
