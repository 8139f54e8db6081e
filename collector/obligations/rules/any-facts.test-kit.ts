import fc from 'fast-check';
import type { AreaSubjectFacts } from '../area-facts.ts';
import { anyLanOperator, anyMeasured } from '../measured-facts.test-kit.ts';
import { anySiteFacts } from '../network/any-site-facts.test-kit.ts';
import { nowMs as siteJudgedAtMs } from '../network/site-facts.test-kit.ts';
import type { DepartmentSubjectFacts, Judgement, Params, Rule } from '../rule.ts';
import { anyDatasetFacts, evidence, judgedAt, orUndefined, recent } from './backup/any-dataset-facts.test-kit.ts';
import { anyTraffic } from './any-traffic.test-kit.ts';
import { anyIncidents, anyParams, anyPemda, anyRegisters } from './registers/any-register.test-kit.ts';
import { nowMs as registerJudgedAtMs } from './registers/register.test-kit.ts';

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
      site: fc.constantFrom('kantor', 'gudang', 'dinkes-lebongkab-go-id', 'dinkes-lebongkab-go-id'),
      upSeconds: fc.constantFrom(0, 900_000, 1_000_000),
      downSeconds: fc.constantFrom(0, 0, 5000, 40_000, 80_000),
      coverageRatio: orUndefined(fc.constantFrom(0.2, 1, 1)),
      record: orUndefined(evidence),
    }),
  )
  .map(([month, rest]) => ({ ...month, ...rest }));

const anyDepartment = (rule: Rule, params: Params): fc.Arbitrary<DepartmentSubjectFacts> =>
  fc.record({
    pd: fc.constant('dinkes'),
    today: fc.constant('2026-11-25'),
    timezone: fc.constant('Asia/Jakarta'),
    registers: anyRegisters(rule, params),
    incidents: anyIncidents,
    isMandiriTik: fc.boolean(),
    websites: fc.constantFrom([], ['https://dinkes.lebongkab.go.id/']),
    lanOperator: anyLanOperator,
    measured: anyMeasured,
    months: fc.array(siteMonth, { maxLength: 4 }),
    datasetCount: fc.nat({ max: 2 }),
    nodes: fc.uniqueArray(
      fc.record({
        node: fc.constantFrom('server-1', 'server-2'),
        valuables: fc.array(valuable, { maxLength: 5 }),
        datasets: fc.array(fc.constant('simpus'), { maxLength: 1 }),
        record: evidence,
      }),
      { maxLength: 2, selector: ({ node }) => node },
    ),
  });

const anyState = fc.constantFrom('up' as const, 'down' as const, 'unknown' as const);
const anyArea: fc.Arbitrary<AreaSubjectFacts> = fc.record({
  area: orUndefined(fc.constant('topos')),
  hasAreas: fc.boolean(),
  intervalSeconds: fc.constant(60),
  members: fc.array(
    fc
      .record({
        site: fc.nat({ max: 4 }).map((number) => `dinkes/site-${number}`),
        area: fc.constantFrom('topos', 'rimbo'),
        wan: anyState,
        isUnstable: fc.boolean(),
        sinceMs: recent,
        record: orUndefined(evidence),
      })
      // What is known of a site is known from somewhere.
      .map((member) => ({ ...member, wan: member.record === undefined ? ('unknown' as const) : member.wan })),
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

/** Something for a rule to judge; facts are of the rule's own kind of subject. */
export interface Asked {
  facts: object;
  params: Params;
  nowMs: number;
}

/** Whatever may be shown to a rule that works with these params. */
export function anyFactsFor(rule: Rule, params: Params): fc.Arbitrary<Asked> {
  switch (rule.subject) {
    case 'dataset':
      return fc.record({ facts: anyDatasetFacts, params: fc.constant(params), nowMs: judgedAt });
    case 'site':
      return fc.record({
        facts: fc.tuple(anySiteFacts, orUndefined(anyTraffic)).map(([facts, traffic]) => ({ ...facts, traffic })),
        params: fc.constant(params),
        nowMs: fc.constant(siteJudgedAtMs),
      });
    case 'department':
      return fc.record({
        facts: anyDepartment(rule, params),
        params: fc.constant(params),
        nowMs: fc.oneof(judgedAt, fc.constant(registerJudgedAtMs)),
      });
    case 'pemda':
      return fc.record({
        facts: anyPemda(rule, params),
        params: fc.constant(params),
        nowMs: fc.constant(registerJudgedAtMs),
      });
    case 'area':
      return fc.record({
        facts: anyArea,
        params: fc.constant({ ...params, areaWindowIntervals: 100_000 }),
        nowMs: judgedAt,
      });
    default:
      throw new Error('unknown kind of subject');
  }
}

/** Whatever may be shown to a rule. */
export function anyAsked(rule: Rule): fc.Arbitrary<Asked> {
  const none = fc.constant<Params>({});
  if (rule.subject === 'department') {
    return fc.oneof(none, anyParams(rule)).chain((params) => anyFactsFor(rule, params));
  }
  return (rule.subject === 'pemda' ? anyParams(rule) : none).chain((params) => anyFactsFor(rule, params));
}

/** How often a rule is asked until each of its reasons has come up. */
export const askedCount: Record<Rule['subject'], number> = {
  dataset: 24_000,
  site: 12_000,
  department: 4000,
  pemda: 4000,
  area: 4000,
};

export function judgeAsked(rule: Rule, { facts, params, nowMs }: Asked): Judgement {
  // The facts were made for this very rule.
  return (rule.judge as (facts: object, params: Params, nowMs: number) => Judgement)(facts, params, nowMs);
}
