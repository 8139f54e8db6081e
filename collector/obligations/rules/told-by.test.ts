import { expect, it } from 'vitest';
import { ruleNamed, rules } from './registry.ts';

it.each(rules.flatMap((rule) => Object.entries(rule.toldBy ?? {}).map(([other, codes]) => ({ rule, other, codes }))))(
  'what $rule.name leaves to $other is told there, of the same kind of subject',
  ({ rule, other, codes }) => {
    const teller = ruleNamed(other);

    expect(teller?.subject).toBe(rule.subject);
    expect(Object.keys(teller?.reasons ?? {})).toEqual(expect.arrayContaining([...codes]));
    expect(teller?.toldBy?.[rule.name]).toBeUndefined();
  },
);
