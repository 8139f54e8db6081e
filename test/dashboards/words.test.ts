import { describe, expect, it } from 'vitest';
import { causeNames } from '../../dashboards/panels/cause-words.ts';
import { boards } from '../../dashboards/registry.ts';
import { jsonOf, textsOf } from './board-parts.ts';

/** One thing has one word on all boards: what must not be said, and what is said in its place. */
const oneWord: readonly (readonly [synonym: RegExp, word: string])[] = [
  [/melanggar|dilanggar/i, 'belum dipenuhi, with the grade beside it: a finding or a note is no violation'],
  [/indikasi(?! pelanggaran)/i, 'indikasi pelanggaran'],
  [/tanpa bukti/i, 'belum ada bukti'],
  [/latensi/i, 'waktu tempuh'],
  [/kehilangan paket/i, 'paket hilang'],
  [/terdengar|\bdiam\b/i, 'melapor, tidak melapor'],
  [/\bmerah\b/i, 'bermasalah'],
  [/\bporsi\b/i, 'persentase'],
  [/catatan kolektor/i, 'log kolektor: Catatan is a grade'],
  [/jeda putaran|\bderet\b/i, 'words of those who read the boards'],
];

/** Causes are called as the collector calls them. */
const causes = new Set<string>(causeNames.map(([, text]) => text));

const saidOn = (board: (typeof boards)[number]): string[] =>
  textsOf(JSON.parse(JSON.stringify(jsonOf(board), (key, value) => (key === 'expr' ? undefined : value)))).filter(
    (text) => !causes.has(text),
  );

describe.each(boards.map((board) => [board.name, board] as const))('the board %s', (_, board) => {
  it('calls one thing by one word', () => {
    const said = saidOn(board);
    const wrong = oneWord.flatMap(([synonym, word]) =>
      said.filter((text) => synonym.test(text)).map((text) => `say "${word}" in: ${text}`),
    );

    expect(said.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });
});
