import { type Citation, nameOfCitation } from './citation.ts';
import type { Regulation } from './regulation.ts';
import { ayatOf, type PasalStructure, type Structure } from './structure.ts';

/** What a regulation file cites that its regulation does not have; pure. One sentence for each. */
export function citationProblems({ structure, obligations, notJudged = [] }: Regulation): string[] {
  const cited = [
    ...obligations.flatMap(({ id, citation, related = [] }) =>
      [citation, ...related].map((each) => ({ where: `obligation ${id}`, citation: each })),
    ),
    ...notJudged.flatMap(({ citations }, at) =>
      citations.map((citation) => ({ where: `notJudged ${at + 1}`, citation })),
    ),
  ];
  return cited.flatMap(({ where, citation }) => {
    const nearest = nearestInstead(citation, structure);
    if (nearest === undefined) return [];
    return [`${where} cites ${nameOfCitation(citation)}, which does not exist; the nearest is ${nearest}`];
  });
}

/** The provision that exists and is nearest to one that does not; undefined for one that exists. */
export function nearestInstead(citation: Citation, structure: Structure): string | undefined {
  const { penjelasan } = citation;
  const pasals = penjelasan === true ? (structure.penjelasan ?? {}) : structure.pasal;
  const whole = penjelasan === true ? { penjelasan } : {};
  const pasal = Object.hasOwn(pasals, citation.pasal) ? pasals[citation.pasal] : undefined;
  if (pasal === undefined) {
    const near = nearestNumber(citation.pasal, Object.keys(pasals));
    return near === undefined
      ? 'the regulation itself: it has no Penjelasan'
      : nameOfCitation({ ...whole, pasal: near });
  }
  const found = nearestWithin(citation, pasal);
  const same = (['ayat', 'huruf', 'angka'] as const).every((part) => found[part] === citation[part]);
  return same ? undefined : nameOfCitation({ ...whole, pasal: citation.pasal, ...found });
}

function nearestWithin({ ayat, huruf, angka }: Citation, pasal: PasalStructure): Omit<Citation, 'pasal'> {
  const ayats = ayatOf(pasal);
  if (angka !== undefined) {
    const count = pasal.angka ?? 0;
    return count === 0 ? {} : { angka: String(Math.min(Math.max(Number(angka), 1), count)) };
  }
  if (ayat === undefined) {
    const letter = nearestLetter(huruf, pasal.huruf ?? '');
    return letter === undefined ? {} : { huruf: letter };
  }
  const near = ayats.has(ayat) ? ayat : nearestNumber(ayat, [...ayats.keys()]);
  if (near === undefined) return {};
  const letter = nearestLetter(near === ayat ? huruf : undefined, ayats.get(near) ?? '');
  return { ayat: near, ...(letter === undefined ? {} : { huruf: letter }) };
}

function nearestLetter(huruf: string | undefined, letters: string): string | undefined {
  if (huruf === undefined || letters === '' || letters.includes(huruf)) return letters === '' ? undefined : huruf;
  return nearestOf(letters.split(''), (letter) => Math.abs(letter.charCodeAt(0) - huruf.charCodeAt(0)));
}

function nearestNumber(wanted: string, numbers: readonly string[]): string | undefined {
  return nearestOf(numbers, (number) => Math.abs(Number.parseInt(number, 10) - Number.parseInt(wanted, 10)));
}

function nearestOf(names: readonly string[], distanceOf: (name: string) => number): string | undefined {
  return names.toSorted((one, other) => distanceOf(one) - distanceOf(other))[0];
}
