import { describe, expect, it } from 'vitest';
import type { Citation } from './citation.ts';
import { citationProblems, nearestInstead } from './citation-problems.ts';
import { regulationNamed, regulations } from './regulations/registry.ts';
import type { Structure } from './structure.ts';

const structure: Structure = {
  pasal: {
    '1': { angka: 3 },
    '2': { huruf: 'abc' },
    '5': { ayat: '1 2(ab) 6' },
    '7': {},
  },
  penjelasan: { '2': { huruf: 'abc' } },
};

describe('a citation', () => {
  it.each<[Citation]>([
    [{ pasal: '1', angka: '3' }],
    [{ pasal: '2' }],
    [{ pasal: '2', huruf: 'c' }],
    [{ pasal: '5' }],
    [{ pasal: '5', ayat: '6' }],
    [{ pasal: '5', ayat: '2', huruf: 'b' }],
    [{ pasal: '2', huruf: 'a', penjelasan: true }],
  ])('that exists is taken: %j', (citation) => {
    expect(nearestInstead(citation, structure)).toBeUndefined();
  });

  it.each<[Citation, string]>([
    [{ pasal: '9' }, 'Pasal 7'],
    [{ pasal: '1', angka: '4' }, 'Pasal 1 angka 3'],
    [{ pasal: '1', angka: '0' }, 'Pasal 1 angka 1'],
    [{ pasal: '7', angka: '1' }, 'Pasal 7'],
    [{ pasal: '2', huruf: 'f' }, 'Pasal 2 huruf c'],
    [{ pasal: '2', ayat: '1' }, 'Pasal 2'],
    [{ pasal: '5', huruf: 'a' }, 'Pasal 5'],
    [{ pasal: '5', ayat: '5' }, 'Pasal 5 ayat (6)'],
    [{ pasal: '5', ayat: '2', huruf: 'd' }, 'Pasal 5 ayat (2) huruf b'],
    [{ pasal: '5', ayat: '1', huruf: 'a' }, 'Pasal 5 ayat (1)'],
    [{ pasal: '5', ayat: '3', huruf: 'a' }, 'Pasal 5 ayat (2)'],
    [{ pasal: '5', penjelasan: true }, 'Penjelasan Pasal 2'],
    [{ pasal: 'constructor' }, 'Pasal 1'],
  ])('that does not exist is refused with the nearest that does: %j', (citation, nearest) => {
    expect(nearestInstead(citation, structure)).toBe(nearest);
  });

  it('of an elucidation that there is not is sent to the regulation', () => {
    expect(nearestInstead({ pasal: '2', penjelasan: true }, { pasal: structure.pasal })).toBe(
      'the regulation itself: it has no Penjelasan',
    );
  });
});

it('says of a regulation where a wrong citation stands, of whatever kind it is', () => {
  const lebong = regulationNamed('lebong-perbup-22-2022');
  const [first] = lebong?.obligations ?? [];
  if (lebong === undefined || first === undefined) throw new Error('Lebong has duties');
  const wrong = {
    ...lebong,
    obligations: [{ ...first, citation: { pasal: '21', ayat: '5', huruf: 'd' }, related: [{ pasal: '60' }] }],
    notJudged: [{ citations: [{ pasal: '1', angka: '32' }], reason: { id: 'alasan', en: 'reason' } }],
  };

  expect(citationProblems(wrong)).toEqual([
    `obligation ${first.id} cites Pasal 21 ayat (5) huruf d, which does not exist; the nearest is Pasal 21 ayat (5) huruf c`,
    `obligation ${first.id} cites Pasal 60, which does not exist; the nearest is Pasal 59`,
    'notJudged 1 cites Pasal 1 angka 32, which does not exist; the nearest is Pasal 1 angka 31',
  ]);
});

it('finds nothing wrong with the regulations that are built in, as printed', () => {
  expect(regulations.map(({ id, structure: { pasal } }) => [id, Object.keys(pasal).length])).toEqual([
    ['lebong-perbup-22-2022', 59],
    ['balangan-perda-8-2024', 56],
    ['purbalingga-perbup-90-2021', 35],
    ['sigi-perbup-27-2019', 24],
    ['soppeng-perbup-22-2021', 24],
  ]);
  expect(regulations.flatMap(citationProblems)).toEqual([]);
});
