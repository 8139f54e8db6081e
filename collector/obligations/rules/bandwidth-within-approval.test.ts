import { describe, expect, it } from 'vitest';
import type { Slot, TrafficTotals } from '../../facts/traffic-totals.ts';
import type { SiteSubjectFacts, TrafficView } from '../rule.ts';
import { site } from '../network/site-facts.test-kit.ts';
import { explainVerdict } from '../explain.ts';
import { bandwidthWithinApproval } from './bandwidth-within-approval.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const megabit = 125_000;
const record = { agent: 'a'.repeat(16), session: 'session-0001', seq: 7 };
const approval = { downBytesPerSecond: 20 * megabit, upBytesPerSecond: 10 * megabit };

const slot = (down: number, up = 1): Slot => ({
  startsAtMs: nowMs,
  downBytesPerSecond: down * megabit,
  upBytesPerSecond: up * megabit,
});

function totals(p95Down: number, p95Up: number, measuredHours = 24): TrafficTotals {
  return {
    downBytes: 1,
    upBytes: 1,
    coveredSeconds: measuredHours * 3600,
    slotCount: measuredHours * 12,
    p95Down: p95Down * megabit,
    p95Up: p95Up * megabit,
    meanDown: 1,
    meanUp: 1,
    peakDown: 1,
    peakUp: 1,
    saturatedSeconds: 0,
  };
}

const traffic = (patch: Partial<TrafficView>): TrafficView => ({
  approval,
  totals: totals(1, 1),
  recent: [],
  record,
  ...patch,
});

function judge(view: TrafficView | undefined, params = {}) {
  const facts: SiteSubjectFacts = site({ traffic: view });
  const { evidence, recheckAtMs, ...said } = bandwidthWithinApproval.judge(facts, params, nowMs);
  if (view !== undefined)
    expect({ evidence, recheckAtMs }).toEqual({ evidence: [record], recheckAtMs: nowMs + 300_000 });
  return said;
}

describe('bandwidth within approval', () => {
  it('says nothing of a line that is not measured, or has no approval', () => {
    expect(judge(undefined)).toMatchObject({ status: 'no-evidence', reasonCode: 'not-measured' });
    expect(judge(traffic({ approval: undefined }))).toMatchObject({ status: 'no-evidence', reasonCode: 'no-approval' });
  });

  it('asks nobody to register what is registered: the first five minutes are not full yet', () => {
    const registered = (router: SiteSubjectFacts['router']) =>
      bandwidthWithinApproval.judge(site({ router }), {}, nowMs);

    expect(registered({ address: '10.20.1.1', countsWan: true })).toEqual({
      status: 'no-evidence',
      reasonCode: 'not-yet-measured',
      reasonArgs: { target: '10.20.1.1' },
      evidence: [],
      recheckAtMs: nowMs + 60_000,
    });
    expect(registered({ address: '10.20.1.1', countsWan: false })).toMatchObject({ reasonCode: 'not-measured' });
  });

  it('keeps what it found while too little is measured', () => {
    expect(judge(traffic({ totals: totals(99, 99, 5.99) }))).toEqual({
      status: 'no-evidence',
      reasonCode: 'too-little-measured',
      reasonArgs: { measuredHours: 5.9, leastMeasuredHours: 6 },
      keepsBreach: true,
    });
    expect(judge(traffic({ totals: totals(99, 99, 6) }))).toMatchObject({ reasonCode: 'over-approval' });
    expect(judge(traffic({ totals: totals(1, 1, 2) }), { leastMeasuredHours: 2 })).toMatchObject({
      status: 'compliant',
    });
  });

  it.each([
    ['to the site', totals(20.01, 1), { direction: 'down', usedMbps: 20.1, approvedMbps: 20 }],
    ['from the site', totals(1, 10.5), { direction: 'up', usedMbps: 10.5, approvedMbps: 10 }],
  ])('finds the use %s over its approval, as an indication: the percentile is our measure', (_, use, reasonArgs) => {
    expect(judge(traffic({ totals: use }))).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: nowMs,
      reasonCode: 'over-approval',
      reasonArgs,
    });
  });

  it('is content with a line that is full at its approval, or at the share that the Pemda allows', () => {
    expect(judge(traffic({ totals: totals(20, 10) }))).toEqual({
      status: 'compliant',
      reasonCode: 'within-approval',
      reasonArgs: { downMbps: 20, upMbps: 10 },
      keepsBreachFor: ['over-approval'],
    });
    expect(judge(traffic({ totals: totals(21, 1) }), { overRatio: 1.1 })).toMatchObject({ status: 'compliant' });
  });

  it('calls an excess over only well below the approval, in both directions', () => {
    const keeps = (down: number, up: number) => judge(traffic({ totals: totals(down, up) })).keepsBreachFor;

    expect([keeps(19.7, 1), keeps(1, 9.9), keeps(19.5, 9.7)]).toEqual([
      ['over-approval'],
      ['over-approval'],
      undefined,
    ]);
  });

  it('says that a line is nearly full when it was so for a whole quarter of an hour', () => {
    const full = [slot(16), slot(19), slot(17)];
    expect(judge(traffic({ recent: full }))).toEqual({
      status: 'compliant',
      reasonCode: 'near-approval',
      reasonArgs: { direction: 'down', usedMbps: 16, approvedMbps: 20 },
    });
    for (const recent of [full.slice(1), [slot(16), slot(15.9), slot(19)]]) {
      expect(judge(traffic({ recent }))).toMatchObject({ reasonCode: 'within-approval' });
    }
  });
});

describe('an approval of the register that has ended', () => {
  const reference = { register: 'bandwidth-approval', entry: 'B1', revision: 1 };
  const endedApproval = { number: '555/1/2026', untilDay: '2026-11-21', reference };
  const inWords = (view: TrafficView, language: 'id' | 'en') => {
    const said = bandwidthWithinApproval.judge(site({ traffic: view }), {}, nowMs);
    expect(said.evidence).toEqual([record, reference]);
    return explainVerdict(said, bandwidthWithinApproval, { language, timezone: 'Asia/Jakarta' });
  };

  it('is named in every reason that rests on the configuration instead', () => {
    const remark =
      'The approval number 555/1/2026 of the register ended on 21 November 2026; what is compared is the bandwidth of the configuration (approvedBandwidth).';

    expect(inWords(traffic({ endedApproval }), 'en')).toContain(`from it. ${remark}`);
    expect(inWords(traffic({ endedApproval, totals: totals(21, 1) }), 'en')).toContain(`application. ${remark}`);
    expect(inWords(traffic({ endedApproval }), 'id')).toMatch(
      /Persetujuan Nomor 555\/1\/2026 dalam register berakhir pada 21 November 2026; yang dibandingkan adalah lebar pita dalam konfigurasi \(approvedBandwidth\)\.$/,
    );
  });

  it('is the reason itself where the configuration has none either', () => {
    expect(inWords(traffic({ approval: undefined, endedApproval }), 'id')).toBe(
      'Persetujuan lebar pita Nomor 555/1/2026 untuk lokasi ini berakhir pada 21 November 2026 dan belum ada penggantinya dalam register, sehingga pemakaian tidak dapat dibandingkan.',
    );
  });
});
