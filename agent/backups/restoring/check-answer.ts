import { AppError } from '../../../shared/errors.ts';
import { cleanText } from '../../sensors/clean-text.ts';

const longestShown = 60;

/**
 * Compares the first value of an answer.
 * @param expected a text that it must equal, `>=N` for a number that must be at least N; absent for anything at all.
 * @returns what was compared, as a sentence. @throws AppError `unexpected-answer`.
 */
export function checkAnswer(answer: string, expected: string | undefined): string {
  const shown = cleanText(answer, longestShown) ?? 'nothing';
  if (expected === undefined) {
    if (answer !== '') return `The query answered ${shown}.`;
    throw new AppError('unexpected-answer', 'the query answered nothing');
  }
  const least = /^>=\s*(-?\d+(?:\.\d+)?)$/.exec(expected)?.[1];
  const fits = least === undefined ? answer === expected : isNumber(answer) && Number(answer) >= Number(least);
  if (fits) return `The query answered ${shown}; ${expected} was expected.`;
  throw new AppError('unexpected-answer', `the query answered ${shown}, and ${expected} was expected`);
}

function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text.trim());
}
