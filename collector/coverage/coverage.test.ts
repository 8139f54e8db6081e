import { describe, expect, it } from 'vitest';
import type { VerdictStatus } from '../../shared/states.ts';
import { ruleNamed } from '../obligations/rules/registry.ts';
import { coverageOf, type CountedVerdict } from './coverage.ts';
import { checkedIndicatorSet, indicatorSetNamed, indicatorSets } from './indicator-set.ts';

const set = indicatorSetNamed('permenpanrb-59-2020');
if (set === undefined) throw new Error('the usual instrument is gone');

function verdict(pd: string, status: VerdictStatus, rule = 'jaringan-intra-used', part = 'kantor'): CountedVerdict {
  return { pd, obligation: `duty-of-${rule}`, subject: `${pd}/${part}`, status, rule };
}

function intraOf(pds: string[], verdicts: CountedVerdict[]) {
  return coverageOf(set ?? { id: '', title: { id: '', en: '' }, indicators: [] }, pds, verdicts).indicators.find(
    ({ indicator }) => indicator.id === 'jaringan-intra',
  );
}

describe('coverage', () => {
  it('counts a department whose every verdict is met, and tells what the rest lacks', () => {
    const verdicts = [
      verdict('a', 'compliant'),
      verdict('b', 'compliant'),
      verdict('b', 'breached', 'jaringan-intra-used', 'gudang'),
      verdict('c', 'no-evidence'),
      verdict('d', 'waived'),
      verdict('e', 'not-applicable'),
      verdict('f', 'compliant', 'spl-reachable'),
    ];

    const intra = intraOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'], verdicts);

    expect(`${intra?.countedCount} dari ${intra?.totalCount} PD`).toBe('1 dari 7 PD');
    expect(intra?.departments.map(({ pd, state }) => `${pd} ${state}`)).toEqual([
      'a counted',
      'b not-counted',
      'c unknown',
      'd waived',
      'e unknown',
      'f unknown',
      'g unknown',
    ]);
    expect(intra?.departments[1]?.verdicts).toEqual([
      {
        obligation: 'duty-of-jaringan-intra-used',
        subject: 'b/gudang',
        status: 'breached',
        rule: 'jaringan-intra-used',
      },
      {
        obligation: 'duty-of-jaringan-intra-used',
        subject: 'b/kantor',
        status: 'compliant',
        rule: 'jaringan-intra-used',
      },
    ]);
  });

  it.each(['no-evidence', 'waived', 'breached'] as const)(
    'does not count a department with one %s verdict',
    (status) => {
      const verdicts = [verdict('a', 'compliant'), verdict('a', status, 'jaringan-intra-used', 'gudang')];

      expect(intraOf(['a'], verdicts)?.countedCount).toBe(0);
    },
  );
});

describe('the instruments', () => {
  it.each(indicatorSets.map((each) => [each.id, each] as const))(
    '%s names rules that exist, each topic once',
    (_, each) => {
      expect(each.indicators.flatMap(({ rules }) => rules).filter((name) => ruleNamed(name) === undefined)).toEqual([]);
      expect(each.indicators.map(({ id }) => id)).toEqual(['pencadangan', 'pusat-data', 'jaringan-intra', 'spl']);
    },
  );

  it('are refused with the part that is wrong', () => {
    expect(() => checkedIndicatorSet({ ...set, indicators: [] })).toThrow(
      'a file of indicators is wrong at /indicators: must not have fewer than 1 items',
    );
  });
});
