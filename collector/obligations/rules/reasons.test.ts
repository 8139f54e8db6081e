import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, headlineOf } from '../explain.ts';
import { anyAsked, askedCount, judgeAsked } from './any-facts.test-kit.ts';
import { rules } from './registry.ts';

describe.each(rules.map((rule) => ({ name: rule.name, rule })))('the reasons of $name', ({ rule }) => {
  /** Every judgement that a rule gives for thousands of made-up facts. */
  const all = fc.sample(anyAsked(rule), askedCount[rule.subject]).map((asked) => judgeAsked(rule, asked));

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
