import { describe, expect, it } from 'vitest';
import { rules } from '../obligations/rules/registry.ts';
import { causeOfRule } from './cause-words.ts';

describe('the cause of an incident in words', () => {
  it.each([
    ['never-started', 'pencadangan belum pernah dijalankan'],
    ['isp-fault', 'gangguan di sisi penyedia internet'],
  ])('says what %s is', (code, words) => {
    expect(
      causeOfRule(
        code,
        rules.find(({ name }) => name === 'backup-recent'),
        'id',
      ),
    ).toBe(words);
  });

  it('is never a code and never a placeholder, whatever a rule can say', () => {
    const bad = rules.flatMap((rule) =>
      Object.keys(rule.reasons).filter((code) => /^[a-z]+(-[a-z]+)+$|\{|^$/.test(causeOfRule(code, rule, 'id'))),
    );
    expect(bad).toEqual([]);
    expect(causeOfRule('gone-code', undefined, 'id')).toBe('penyebab tidak diketahui');
  });
});
