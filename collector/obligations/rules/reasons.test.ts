import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, headlineOf } from '../explain.ts';
import type { AreaSubjectFacts } from '../area-facts.ts';
import { anyLanOperator, anyMeasured } from '../measured-facts.test-kit.ts';
import { anySiteFacts } from '../network/any-site-facts.test-kit.ts';
import { nowMs as siteJudgedAtMs } from '../network/site-facts.test-kit.ts';
import type { DepartmentSubjectFacts, Judgement, Rule } from '../rule.ts';
import { anyDatasetFacts, evidence, judgedAt, orUndefined, recent } from './backup/any-dataset-facts.test-kit.ts';
import { noRegisters } from '../register-view.ts';
import { anyTraffic } from './any-traffic.test-kit.ts';
import { rules } from './registry.ts';

const valuable = fc.record({
  node: fc.constant('server-1'),
  kind: fc.constantFrom('database', 'web-root', 'guest'),
  name: fc.constantFrom('postgresql', 'mysql', '/var/www/html'),
  path: orUndefined(fc.constant('/var/lib/postgresql/15/main')),
});

const november = {
  month: '2026-11',
  fromMs: Date.parse('2026-10-31T17:00:00Z'),
  untilMs: Date.parse('2026-11-30T17:00:00Z'),
};
const october = { month: '2026-10', fromMs: Date.parse('2026-09-30T17:00:00Z'), untilMs: november.fromMs };
const siteMonth = fc
  .tuple(
    fc.constantFrom(november, october),
    fc.record({
      site: fc.constantFrom('kantor', 'gudang'),
      upSeconds: fc.constantFrom(0, 900_000, 1_000_000),
      downSeconds: fc.constantFrom(0, 0, 5000, 40_000),
      coverageRatio: orUndefined(fc.constantFrom(0.2, 1, 1)),
    }),
  )
  .map(([month, rest]) => ({ ...month, ...rest }));

const departmentFacts: fc.Arbitrary<DepartmentSubjectFacts> = fc.record({
  pd: fc.constant('dinkes'),
  today: fc.constant('2026-11-25'),
  timezone: fc.constant('Asia/Jakarta'),
  registers: fc.constant(noRegisters),
  isMandiriTik: fc.boolean(),
  websites: fc.constantFrom([], ['https://dinkes.lebongkab.go.id/']),
  lanOperator: anyLanOperator,
  measured: anyMeasured,
  months: fc.array(siteMonth, { maxLength: 4 }),
  datasetCount: fc.nat({ max: 2 }),
  nodes: fc.array(
    fc.record({
      node: fc.constantFrom('server-1', 'server-2'),
      valuables: fc.array(valuable, { maxLength: 5 }),
      datasets: fc.array(fc.constant('simpus'), { maxLength: 1 }),
      record: evidence,
    }),
    { maxLength: 2 },
  ),
});

const anyState = fc.constantFrom('up' as const, 'down' as const, 'unknown' as const);
const areaFacts: fc.Arbitrary<AreaSubjectFacts> = fc.record({
  area: orUndefined(fc.constant('topos')),
  hasAreas: fc.boolean(),
  intervalSeconds: fc.constant(60),
  members: fc.array(
    fc.record({
      site: fc.nat({ max: 4 }).map((number) => `dinkes/site-${number}`),
      area: fc.constantFrom('topos', 'rimbo'),
      wan: anyState,
      isUnstable: fc.boolean(),
      sinceMs: recent,
      record: orUndefined(evidence),
    }),
    { maxLength: 6 },
  ),
  vantages: fc.array(
    fc.record({
      node: fc.constant('pemantau'),
      state: fc.constantFrom('watching' as const, 'watching' as const, 'own-uplink-down' as const, 'silent' as const),
      sinceMs: recent,
      gateway: fc.constantFrom('answers' as const, 'silent' as const, 'unknown' as const),
      record: evidence,
    }),
    { maxLength: 2 },
  ),
  lastHeardMs: orUndefined(recent),
  watchedSites: fc.constant(['dinkes/site-1', 'dinkes/site-2']),
  ongoing: orUndefined(
    fc.record({ sites: fc.constant(['dinkes/site-1', 'dinkes/site-2', 'dinkes/site-3']), sinceMs: recent }),
  ),
});

/** Every judgement that a rule gives for thousands of made-up facts. */
function judgements(rule: Rule): Judgement[] {
  switch (rule.subject) {
    case 'dataset':
      return fc.sample(
        fc.tuple(anyDatasetFacts, judgedAt).map(([facts, at]) => rule.judge(facts, {}, at)),
        24_000,
      );
    case 'site':
      return fc.sample(
        fc
          .tuple(anySiteFacts, orUndefined(anyTraffic))
          .map(([facts, traffic]) => rule.judge({ ...facts, traffic }, {}, siteJudgedAtMs)),
        12_000,
      );
    case 'department':
      return fc.sample(
        fc.tuple(departmentFacts, judgedAt).map(([facts, at]) => rule.judge(facts, {}, at)),
        2000,
      );
    case 'area':
      return fc.sample(
        fc.tuple(areaFacts, judgedAt).map(([facts, at]) => rule.judge(facts, { areaWindowIntervals: 100_000 }, at)),
        4000,
      );
    default:
      throw new Error('unknown kind of subject');
  }
}

describe.each(rules.map((rule) => ({ name: rule.name, rule })))('the reasons of $name', ({ rule }) => {
  const all = judgements(rule);

  it('are all listed, and all that are listed occur', () => {
    expect([...new Set(all.map((judgement) => judgement.reasonCode))].toSorted()).toEqual(
      Object.keys(rule.reasons).toSorted(),
    );
  });

  it.each(['id', 'en'] as const)('leave no placeholder open in the language %s', (language) => {
    for (const { reasonCode, reasonArgs } of all) {
      const text = rule.reasons[reasonCode];
      if (text === undefined) throw new Error(`no text for ${reasonCode}`);
      const { words } = rule;
      const options = { language, timezone: 'Asia/Jakarta', ...(words === undefined ? {} : { words }) };

      expect(explain(text, reasonArgs, options)).not.toMatch(/[{}]|NaN|undefined|Invalid/);
    }
  });

  it('ask for the same values in both languages', () => {
    const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();

    for (const text of Object.values(rule.reasons)) expect(placeholders(text.id)).toEqual(placeholders(text.en));
  });

  it('come with the kind of verdict that they belong to: a breach says since when and how far', () => {
    for (const judgement of all.filter(({ status }) => status === 'breached')) {
      expect(judgement.exceeded).toBeDefined();
      expect(judgement.sinceAtMs).toBeDefined();
    }
  });

  it('come with a few words on what is wrong, for each breach where there are any; of the network always', () => {
    const { headlines, incidentKind, words } = rule;
    const breaches = all.filter(({ status }) => status === 'breached');
    if (incidentKind === 'link' || incidentKind === 'service') expect(headlines).toBeDefined();
    if (headlines === undefined) return;
    expect(Object.keys(headlines).toSorted()).toEqual(
      [...new Set(breaches.map(({ reasonCode }) => reasonCode))].toSorted(),
    );
    for (const { reasonCode, reasonArgs } of breaches) {
      const said = { status: 'breached' as const, reasonCode, reasonArgs };
      const given = words === undefined ? { headlines } : { headlines, words };
      const text = headlineOf(said, given, { language: 'id', timezone: 'Asia/Jakarta' });

      expect(text).toMatch(/^[^{}]{5,70}$/);
    }
  });

  it('have words for each of their codes', () => {
    for (const [name, codes] of Object.entries(rule.words ?? {})) {
      const given = all.flatMap(({ reasonArgs }) => (name in reasonArgs ? [String(reasonArgs[name])] : []));
      expect([...new Set(given)].toSorted()).toEqual(Object.keys(codes).toSorted());
    }
  });
});
