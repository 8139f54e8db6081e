import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../explain.ts';
import type { DatasetSubjectFacts, Judgement, Rule, SiteSubjectFacts } from '../rule.ts';
import { rules } from './registry.ts';

const atMs = fc.integer({ min: 0, max: Date.parse('2027-01-01T00:00:00Z') });
const nowMs = fc.integer({ min: Date.parse('2026-11-01T00:00:00Z'), max: Date.parse('2026-11-30T00:00:00Z') });
const recent = fc.integer({ min: Date.parse('2026-10-25T00:00:00Z'), max: Date.parse('2026-11-30T00:00:00Z') });
const record = fc.constant({ agent: 'a'.repeat(16), session: 'session-0001', seq: 1 });
const orUndefined = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const datasetFacts: fc.Arbitrary<DatasetSubjectFacts> = fc.record({
  dataset: orUndefined(
    fc.record({
      id: fc.constant('simpus'),
      schedule: fc.constant({ cron: '0 1 * * *', timezone: 'Asia/Jakarta', graceSeconds: 3600 }),
      scheduleAdopted: fc.boolean(),
      minSizeBytes: fc.nat({ max: 10 }),
    }),
  ),
  knownSinceMs: fc.oneof(atMs, recent),
  successes: fc
    .array(
      fc.record({
        completedAtMs: fc.oneof(atMs, recent),
        sizeBytes: orUndefined(fc.nat({ max: 10 })),
        objectName: fc.constant(undefined),
        record,
      }),
      { maxLength: 3 },
    )
    .map((list) => list.toSorted((a, b) => b.completedAtMs - a.completedAtMs)),
  lastLook: orUndefined(
    fc.record({
      outcome: fc.constantFrom('ok' as const, 'failed' as const),
      reason: fc.constant(undefined),
      observedAtMs: recent,
      record,
    }),
  ),
  watched: fc.boolean(),
  awaited: fc.boolean(),
});

const siteFacts: fc.Arbitrary<SiteSubjectFacts> = fc.record({
  links: fc.array(
    fc.record({
      layer: fc.constantFrom('lan' as const, 'wan' as const),
      state: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const),
      sinceMs: recent,
      target: fc.constant('10.0.0.1'),
      reason: fc.constant(undefined),
      fromPusatData: fc.boolean(),
      record,
    }),
    { maxLength: 3 },
  ),
  freshReport: orUndefined(fc.record({ receivedAtMs: recent, record })),
  isVantagePoint: fc.boolean(),
  agentCount: fc.nat({ max: 2 }),
});

/** Every judgement that a rule gives for a thousand made-up facts. */
function judgements(rule: Rule): Judgement[] {
  const given =
    rule.subject === 'dataset'
      ? fc.tuple(datasetFacts, nowMs).map(([facts, at]) => rule.judge(facts, {}, at))
      : fc.tuple(siteFacts, nowMs).map(([facts, at]) => rule.judge(facts, {}, at));
  return fc.sample(given, 2000);
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
      const sentence = explain(text, reasonArgs, { language, timezone: 'Asia/Jakarta' });

      expect(sentence).not.toMatch(/[{}]|NaN|undefined|Invalid/);
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
});
