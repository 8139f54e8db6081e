import { describe, expect, it } from 'vitest';
import type { State } from '../../../shared/states.ts';
import type { AreaMember, AreaSubjectFacts, VantageView } from '../area-facts.ts';
import type { Judgement } from '../rule.ts';
import { wanArea } from './wan-area.ts';

const minuteMs = 60_000;
const nowMs = 100 * minuteMs;
const record = { agent: 'a'.repeat(16), session: 'session-0001', seq: 1 };
const watching: VantageView = {
  gateway: 'unknown',
  node: 'pemantau',
  state: 'watching',
  sinceMs: 0,
  record,
};

function member(number: number, wan: State, sinceMinute = 90, area = 'topos'): AreaMember {
  return { site: `pd-${number}/kantor`, area, wan, isUnstable: false, sinceMs: sinceMinute * minuteMs, record };
}

/** `ddduu`: three that are down since the ninetieth minute, two that are up; `?` is not known. */
function members(states: string, area?: string): AreaMember[] {
  const stateOf: Record<string, State> = { d: 'down', u: 'up' };
  return [...states].map((state, number) => member(number, stateOf[state] ?? 'unknown', 90, area));
}

function judge(patch: Partial<AreaSubjectFacts>, params = {}): Judgement {
  const facts: AreaSubjectFacts = {
    area: 'topos',
    hasAreas: true,
    intervalSeconds: 60,
    members: [],
    vantages: [watching],
    lastHeardMs: undefined,
    watchedSites: ['pd-0/kantor', 'pd-1/kantor'],
    ongoing: undefined,
    ...patch,
  };
  return wanArea.judge(facts, params, nowMs);
}

const said = ({ status, reasonCode, sites }: Judgement) => [status, reasonCode, sites?.length];
const before = (count: number) => ({
  sites: Array.from({ length: count }, (_, number) => `pd-${number}/kantor`),
  sinceMs: 90 * minuteMs,
});

describe('a common outage of an area', () => {
  it('names its sites, since when, and the reports that show it, each once', () => {
    expect(judge({ members: members('ddddu') })).toEqual({
      status: 'breached',
      exceeded: 'violation',
      reasonCode: 'backbone-or-power',
      reasonArgs: { area: 'topos', siteCount: 4, monitoredCount: 5, sinceAtMs: 90 * minuteMs },
      sinceAtMs: 90 * minuteMs,
      evidence: [record],
      sites: ['pd-0/kantor', 'pd-1/kantor', 'pd-2/kantor', 'pd-3/kantor'],
    });
  });

  it.each([
    ['three of three', 'ddd', ['breached', 'backbone-or-power', 3]],
    ['two of two: too few', 'dd', ['compliant', 'no-common-outage', undefined]],
    ['three of four: too small a share', 'dddu', ['compliant', 'no-common-outage', undefined]],
    ['four of five', 'ddddu', ['breached', 'backbone-or-power', 4]],
    ['three of three that are measured', 'ddd???', ['breached', 'backbone-or-power', 3]],
    ['nothing measured', '???', ['no-evidence', 'not-measured', undefined]],
    ['no site at all', '', ['no-evidence', 'not-measured', undefined]],
  ])('%s', (_name, states, expected) => {
    expect(said(judge({ members: members(states) }))).toEqual(expected);
  });

  it('is only an indication while all of its sites come and go', () => {
    const unsteady = members('dddd').map((each) => ({ ...each, isUnstable: true }));

    expect(judge({ members: unsteady })).toMatchObject({ exceeded: 'indication', severity: 'warning' });
    expect(judge({ members: [...unsteady, ...members('d')] })).toMatchObject({ exceeded: 'violation' });
  });

  it('takes its numbers from the configuration', () => {
    const given = { members: members('dduuu') };

    expect(said(judge(given, { areaSites: 2, areaShare: 0.4 }))).toEqual(['breached', 'backbone-or-power', 2]);
    expect(said(judge(given, { areaSites: 0, areaShare: 'much' }))).toEqual([
      'compliant',
      'no-common-outage',
      undefined,
    ]);
  });

  it('begins within three intervals; what was down before is not of it and could not fall any more', () => {
    const old = [member(7, 'down', 10), member(8, 'down', 20)];

    expect(judge({ members: [...members('ddd'), ...old] })).toMatchObject({
      sites: ['pd-0/kantor', 'pd-1/kantor', 'pd-2/kantor'],
    });
    const spread = [member(0, 'down', 86), member(1, 'down', 90), member(2, 'down', 94)];
    expect(said(judge({ members: spread }))).toEqual(['compliant', 'no-common-outage', undefined]);
    const close = [member(0, 'down', 87), member(1, 'down', 88), member(2, 'down', 90)];
    expect(judge({ members: close })).toMatchObject({ sinceAtMs: 87 * minuteMs, status: 'breached' });
  });
});

describe('a common outage of the Pemda', () => {
  const whole = { area: undefined };

  it('is one of several areas, or of sites without any', () => {
    const mixed = [...members('dd', 'topos'), member(5, 'down', 90, 'rimbo'), member(6, 'down', 90, 'rimbo')];

    expect(said(judge({ ...whole, members: mixed }))).toEqual(['breached', 'backbone-down', 4]);
    expect(said(judge({ ...whole, members: members('dddd') }))).toEqual(['compliant', 'no-common-outage', undefined]);
    expect(said(judge({ ...whole, hasAreas: false, members: members('dddd') }))).toEqual([
      'breached',
      'backbone-down',
      4,
    ]);
  });

  it('is an outage of the Pusat Data when none of its agents can look out', () => {
    const cutOff: VantageView = { ...watching, state: 'own-uplink-down', sinceMs: 95 * minuteMs };
    const silent: VantageView = { ...watching, state: 'silent' };
    const blind = { ...whole, members: members('???'), vantages: [cutOff, silent] };

    expect(judge(blind)).toEqual({
      status: 'breached',
      exceeded: 'violation',
      reasonCode: 'pusat-data-uplink-down',
      sinceAtMs: 95 * minuteMs,
      reasonArgs: { siteCount: 2, sinceAtMs: 95 * minuteMs },
      evidence: [record],
      sites: ['pd-0/kantor', 'pd-1/kantor'],
    });
    expect(said(judge({ ...blind, area: 'topos' }))).toEqual(['no-evidence', 'no-vantage', undefined]);
    expect(said(judge({ ...blind, vantages: [cutOff, watching] }))).toEqual(['no-evidence', 'not-measured', undefined]);
    // Reports of other sites still come in: then the line of the Pusat Data works.
    expect(said(judge({ ...blind, lastHeardMs: 96 * minuteMs }))).toEqual([
      'no-evidence',
      'vantage-cut-off',
      undefined,
    ]);
    expect(said(judge({ ...blind, lastHeardMs: 94 * minuteMs }))[0]).toBe('breached');
    // From one site alone it cannot be told, unless the own gateway is silent too; nor before the third round.
    expect(judge({ ...blind, watchedSites: ['pd-0/kantor'] })).toMatchObject({ reasonCode: 'vantage-cut-off' });
    const gatewayIs = (gateway: VantageView['gateway']) => ({
      ...blind,
      watchedSites: ['pd-0/kantor'],
      vantages: [{ ...cutOff, gateway }],
    });
    expect(judge(gatewayIs('silent'))).toMatchObject({
      status: 'breached',
      reasonCode: 'pusat-data-uplink-down',
      reasonArgs: { siteCount: 1 },
    });
    expect(judge(gatewayIs('answers'))).toMatchObject({ reasonCode: 'vantage-cut-off' });
    const sudden = [{ ...cutOff, sinceMs: 99 * minuteMs }];
    expect(judge({ ...blind, vantages: sudden })).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'vantage-cut-off',
      recheckAtMs: 101 * minuteMs,
    });
  });

  it('is not known while nobody measures', () => {
    expect(said(judge({ ...whole, members: members('ddd'), vantages: [] }))).toEqual([
      'no-evidence',
      'no-vantage',
      undefined,
    ]);
  });
});

describe('a common outage that was found', () => {
  it.each([
    ['goes on while half of its sites are down', 'dddddduuuu', 10, ['breached', 'backbone-or-power', 10]],
    ['is over when fewer are', 'dddduuuuuu', 10, ['compliant', 'no-common-outage', undefined]],
    ['is over when fewer than three are', 'dduu', 4, ['compliant', 'no-common-outage', undefined]],
    ['is not over while enough of its sites may be down', 'dddd??uuuu', 10, ['no-evidence', 'not-measured', undefined]],
  ])('%s', (_name, states, count, expected) => {
    expect(said(judge({ members: members(states), ongoing: before(count) }))).toEqual(expected);
  });

  it('takes in what fell with it, not what falls later', () => {
    const later = [member(8, 'down', 92), member(9, 'down', 99)];
    const { sites } = judge({ members: [...members('dddddu'), ...later], ongoing: before(5) });

    expect(sites).toEqual([...before(5).sites, 'pd-8/kantor']);
  });
});
