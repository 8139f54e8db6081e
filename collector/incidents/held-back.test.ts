import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widePemda } from '../../test/kit/wide-pemda.ts';
import { type Case, casesOf } from '../obligations/subjects.ts';
import { type Candidate, heldBackBy, type HoldView, type Outage, type Teller, type Waiting } from './held-back.ts';

const nowMs = 1_000_000_000;
const duty = 'lebong-21-5-a-wan-oleh-dinas';
const simpus = { id: 'simpus', source: { kind: 'files', path: '/x/*' } };
const config = widePemda({
  siteCount: 4,
  areaOf: (number) => (number < 3 ? 'topos' : undefined),
  datasetsOf: () => [simpus],
});
const cases = casesOf(config);

function named(rule: string, subject: string): Case {
  const found = cases.find((judged) => judged.rule.name === rule && judged.subject === subject);
  if (found === undefined) throw new Error(`no case of ${rule} for ${subject}`);
  return found;
}

const wan = named('wan-reachable', 'pd-0/kantor');
const backup = named('backup-in-pusat-data', 'pd-0/simpus');
const area = named('wan-area', 'wilayah/topos');
const whole = named('wan-area', 'wilayah/*');
/** Another duty of the same site, as other rules have. */
const lan: Case = { ...wan, rule: { ...wan.rule, name: 'lan-reachable' } };

const told = (subject: string): Teller => ({ obligation: duty, subject });
const outage = (subject: string, ...sites: string[]): Outage => ({ ...told(subject), sites: new Set(sites) });

function view(patch: Partial<HoldView> = {}): HoldView {
  return {
    nowMs,
    intervalSeconds: 60,
    maintenanceAt: () => undefined,
    sitesOf: () => ['pd-0/kantor'],
    downSites: new Map(),
    outages: [],
    siblingTelling: () => undefined,
    ...patch,
  };
}

const long: Waiting = { sinceMs: 0, durationMs: 90_000, isUnderParent: false };

function held(judged: Case, patch: Partial<HoldView> = {}, more: Partial<Candidate> = {}) {
  const verdict = { reasonCode: 'wan-down', sites: ['pd-0/kantor', 'pd-1/kantor'] };
  return heldBackBy({ judged, verdict, isAwaited: false, waiting: long, ...more }, view(patch));
}

const down = { downSites: new Map([['pd-0/kantor', told('pd-0/kantor')]]) };
const topos = { outages: [outage('wilayah/topos', 'pd-0/kantor')] };
const pemda = { outages: [outage('wilayah/*', 'pd-0/kantor')] };
const window = { maintenanceAt: () => ({ reason: 'ganti UPS', untilMs: nowMs + 5 }) };

describe('a breach', () => {
  it.each([
    ['of the WAN under an outage of its area', held(wan, topos), { kind: 'parent', ...told('wilayah/topos') }],
    ['of the WAN under an outage of the Pemda', held(wan, pemda), { kind: 'parent', ...told('wilayah/*') }],
    [
      'of a WAN that comes and goes under such an outage',
      held(wan, pemda, { verdict: { reasonCode: 'wan-unstable' } }),
      { kind: 'parent', ...told('wilayah/*') },
    ],
    ['of an area under an outage of the Pemda', held(area, pemda), { kind: 'parent', ...told('wilayah/*') }],
    ['of a site whose WAN is down', held(lan, down), { kind: 'parent', ...told('pd-0/kantor') }],
    ['of a backup at such a site', held(backup, down), { kind: 'parent', ...told('pd-0/kantor') }],
    ['during planned work', held(wan, window), { kind: 'maintenance', reason: 'ganti UPS', untilMs: nowMs + 5 }],
    [
      'that another regulation tells of',
      held(wan, { siblingTelling: () => ({ obligation: 'sigi', subject: 'pd-0/kantor' }) }),
      { kind: 'sibling', obligation: 'sigi', subject: 'pd-0/kantor' },
    ],
    ['for which evidence is on its way', held(backup, {}, { isAwaited: true }), { kind: 'evidence' }],
    ['that is new', held(wan, {}, { waiting: undefined }), { kind: 'gathering', untilMs: nowMs + 90_000 }],
  ])('%s is held back', (_name, { hold }, expected) => {
    expect(hold).toEqual(expected);
  });

  it.each([
    [
      'of the WAN when only other sites are concerned',
      held(wan, { outages: [outage('wilayah/topos', 'pd-1/kantor')] }),
    ],
    ['of the WAN that is only poor', held(wan, pemda, { verdict: { reasonCode: 'wan-degraded-loss' } })],
    ['of the WAN itself, which is what the others wait for', held(wan, down)],
    ['of the Pemda as a whole', held(whole, pemda)],
    ['of an area that the outage of the Pemda does not touch', held(area, { outages: [outage('wilayah/*', 'x/y')] })],
    ['of an area, whatever work is planned: its sites do not count then', held(area, window)],
    [
      'of a backup whose machines stand at another site too',
      held(backup, { ...down, sitesOf: () => ['pd-0/kantor', 'pd-0/gudang'] }),
    ],
    ['of a backup that no machine is known for', held(backup, { ...down, sitesOf: () => [] })],
    ['of a backup, at once', held(backup, {}, { waiting: undefined })],
  ])('%s is not', (_name, { hold }) => {
    expect(hold).toBeUndefined();
  });

  it('waits once more when what lay above is mended, a backup as long as an agent may take to be heard', () => {
    const under = held(wan, topos).waiting;
    const backupUnder = held(backup, down).waiting;

    expect(held(wan, {}, { waiting: under })).toEqual({
      hold: { kind: 'gathering', untilMs: nowMs + 90_000 },
      waiting: { sinceMs: nowMs, durationMs: 90_000, isUnderParent: false },
    });
    expect(held(backup, {}, { waiting: backupUnder }).hold).toEqual({ kind: 'gathering', untilMs: nowMs + 240_000 });
  });
});

describe('whatever is known', () => {
  const anyWaiting = fc.option(
    fc.record({
      sinceMs: fc.integer({ min: 0, max: nowMs }),
      durationMs: fc.nat(300_000),
      isUnderParent: fc.boolean(),
    }),
    { nil: undefined },
  );
  const anyCase = fc.constantFrom(wan, lan, backup, area, whole);
  const sites = fc.subarray(['pd-0/kantor', 'pd-1/kantor', 'pd-2/kantor', 'pd-3/kantor']);
  const anyOutages = fc.array(
    fc.tuple(fc.constantFrom('wilayah/topos', 'wilayah/*'), sites).map(([subject, own]) => outage(subject, ...own)),
    { maxLength: 2 },
  );
  const anyDown = sites.map((names) => new Map(names.map((name) => [name, told(name)])));

  it('nothing is its own parent, and the Pemda as a whole has none', () => {
    fc.assert(
      fc.property(anyCase, anyOutages, anyDown, anyWaiting, (judged, outages, downSites, waiting) => {
        const { hold } = held(judged, { outages, downSites }, { waiting });
        if (hold?.kind !== 'parent') return;
        expect(hold.subject === judged.subject && judged.rule.subject === 'area').toBe(false);
        expect(judged).not.toBe(whole);
      }),
    );
  });

  it('a breach under no parent, no work, no sibling is told in the end, when it is asked at the times given', () => {
    fc.assert(
      fc.property(anyCase, anyWaiting, (judged, waiting) => {
        const first = held(judged, {}, { waiting });
        if (first.hold === undefined) return;
        expect(first.hold.kind).toBe('gathering');
        const untilMs = 'untilMs' in first.hold ? first.hold.untilMs : Infinity;
        expect(held(judged, { nowMs: untilMs }, { waiting: first.waiting }).hold).toBeUndefined();
      }),
    );
  });

  it('a parent is named only when something above is really down', () => {
    fc.assert(
      fc.property(anyCase, anyOutages, anyDown, (judged, outages, downSites) => {
        const { hold } = held(judged, { outages, downSites });
        if (hold?.kind !== 'parent') return;
        const tellers = [...outages, ...downSites.values()].map(({ subject }) => subject);
        expect(tellers).toContain(hold.subject);
      }),
    );
  });
});
