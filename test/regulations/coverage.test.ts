import { describe, expect, it } from 'vitest';
import { type Grade, weakerGrade } from '../../shared/states.ts';
import { nameOfCitation } from '../../collector/obligations/citation.ts';
import { gradeOf } from '../../collector/obligations/grading.ts';
import type { Regulation } from '../../collector/obligations/regulation.ts';
import { regulations } from '../../collector/obligations/regulations/registry.ts';
import provisionLines from './provisions.json' with { type: 'json' };

/**
 * Every provision of the five regulations that a Pantau can observe, evidence or report on, read off the texts apart from
 * the regulation files: citation, tier, rule, party, modality, the most that a breach may be called.
 */
const provisions = Object.entries(provisionLines).flatMap(([regulation, lines]) =>
  lines.map((line) => {
    const [citation = '', tier = '', rule = '', party = '', modality = '', most = ''] = line.split(' | ');
    return { regulation, citation, tier, rule, party, modality, most };
  }),
);

const duties = regulations.flatMap((regulation) =>
  regulation.obligations.map((obligation) => ({ regulation, obligation, id: obligation.id })),
);

function judgedIn({ obligations }: Regulation): Set<string> {
  return new Set(
    obligations.flatMap(({ citation, related = [] }) => [citation, ...related].map((each) => nameOfCitation(each))),
  );
}

function leftOutIn({ notJudged = [] }: Regulation): Set<string> {
  return new Set(notJudged.flatMap(({ citations }) => citations.map((each) => nameOfCitation(each))));
}

describe('the regulation files', () => {
  it.each(regulations)('forget no provision: $id', (regulation) => {
    const judged = judgedIn(regulation);
    const leftOut = leftOutIn(regulation);
    const forgotten = provisions.filter(
      ({ regulation: id, citation }) => id === regulation.id && !judged.has(citation) && !leftOut.has(citation),
    );

    expect(forgotten).toEqual([]);
  });

  it.each(regulations)('judge everything of the first two tiers: $id', (regulation) => {
    const judged = judgedIn(regulation);
    const missing = provisions.filter(
      ({ regulation: id, citation, tier }) =>
        id === regulation.id && (tier === 'core' || tier === 'near') && !judged.has(citation),
    );

    expect(missing).toEqual([]);
  });

  it.each(regulations)('say of each provision once whether it is judged: $id', (regulation) => {
    const judged = judgedIn(regulation);

    expect([...leftOutIn(regulation)].filter((citation) => judged.has(citation))).toEqual([]);
  });

  it.each(duties)('have the verb and the party of the law, and claim no more than it lets: $id', (duty) => {
    const { citation, modality, party, maxGrade } = duty.obligation;
    const named = provisions.filter(
      (provision) => provision.regulation === duty.regulation.id && provision.citation === nameOfCitation(citation),
    );
    const fitting = named.filter((provision) => provision.modality === modality && provision.party === party);

    expect(named.map((provision) => `${provision.modality} ${provision.party}`)).toContain(`${modality} ${party}`);
    const worst = gradeOf(modality, 'violation', maxGrade);
    expect(fitting.some(({ most }) => weakerGrade(worst, most as Grade) === worst)).toBe(true);
  });

  it('know the five regulations in full', () => {
    const counts = Object.entries(provisionLines).map(([id, lines]) => [id, lines.length]);

    expect(Object.fromEntries(counts)).toEqual({
      'soppeng-perbup-22-2021': 52,
      'balangan-perda-8-2024': 94,
      'lebong-perbup-22-2022': 176,
      'sigi-perbup-27-2019': 87,
      'purbalingga-perbup-90-2021': 98,
    });
  });
});
