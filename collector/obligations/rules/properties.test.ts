import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAsked, judgeAsked } from './any-facts.test-kit.ts';
import type { Judgement, Rule } from '../rule.ts';
import { rules } from './registry.ts';

/** A view of registers is a function: its entries are what may not be changed. */
function deepFreeze<Value>(value: Value, seen = new Set<unknown>()): Value {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  seen.add(value);
  for (const each of Object.values(value)) deepFreeze(each, seen);
  return Object.freeze(value);
}

type View = { entries(register: string): readonly object[] };

/** The same facts with every list of them turned round; what is in an order by its contract stays in it. */
function turnedRound(facts: object): object {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (name === 'registers')
        return [name, { entries: (register: string) => (value as View).entries(register).toReversed() }];
      return [name, Array.isArray(value) && !orderedLists.has(name) ? value.toReversed() : value];
    }),
  );
}

/** "Newest first", "oldest first": whoever gathers the facts sees to it. */
const orderedLists = new Set(['backups', 'restoreTests', 'months', 'recent', 'incidents']);

describe.each(rules.map((rule) => ({ name: rule.name, rule })))('the rule $name', ({ rule }) => {
  it('says the same of the same facts, in whatever order, and calls nothing met without evidence', () => {
    fc.assert(
      fc.property(anyAsked(rule), (asked) => {
        const before = structuredClone(withoutFunctions(asked.facts));
        const said = judgeAsked(rule, deepFreeze(asked));

        expect(said.status === 'compliant' && said.evidence.length === 0).toBe(false);
        expect(judgeAsked(rule, asked)).toEqual(said);
        expect(withoutFunctions(asked.facts)).toEqual(before);
        expect(meaningOf(judgeAsked(rule, { ...asked, facts: turnedRound(asked.facts) }))).toEqual(meaningOf(said));
        expect(said.recheckAtMs).not.toBeNaN();
      }),
      { numRuns: runsOf[rule.subject] },
    );
  });
});

/** Facts of a site are many, and take long to make up. */
const runsOf: Record<Rule['subject'], number> = { dataset: 400, site: 400, department: 1000, pemda: 1500, area: 800 };

/** What a verdict says. Which of two records that say the same is cited may depend on who came first. */
function meaningOf({ status, exceeded, severity, owner, reasonCode, reasonArgs }: Judgement): Partial<Judgement> {
  return Object.fromEntries(Object.entries({ status, exceeded, severity, owner, reasonCode, reasonArgs }));
}

function withoutFunctions(facts: object): object {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'registers'));
}
