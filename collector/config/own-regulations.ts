import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import type { Regulation } from '../obligations/regulation.ts';
import type { Known } from './known-names.ts';
import type { ConfigProblem } from './problem.ts';

const maxFileSizeBytes = 1024 * 1024;
const maxShownProblems = 5;

/** Reads the regulations that a Pemda brings along as data, and says what is wrong with them. @param folder of pantau.yaml. */
export function readOwnRegulations(
  files: readonly string[],
  folder: string,
  known: Known,
): { own: Regulation[]; problems: ConfigProblem[] } {
  const own: Regulation[] = [];
  const problems = files.flatMap((file, index): ConfigProblem[] => {
    const read = readRegulation(resolve(folder, file), known);
    const wrong = Array.isArray(read) ? read : clashesOf(read, known.with(own));
    if (wrong.length === 0 && !Array.isArray(read)) own.push(read);
    const shown = wrong.slice(0, maxShownProblems);
    return shown.map((message) => ({ path: ['regulationFiles', index], message: `"${file}": ${message}` }));
  });
  return { own, problems };
}

function readRegulation(path: string, known: Known): Regulation | string[] {
  let text: string;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return ['is not a file; name the regulation file itself'];
    if (stat.size > maxFileSizeBytes) {
      return [`has ${stat.size} bytes; a regulation file has at most ${maxFileSizeBytes}`];
    }
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    return [`cannot be read (${messageOf(cause)}); correct the path`];
  }
  try {
    return known.regulationOf(JSON.parse(text));
  } catch (cause) {
    return [`is not JSON (${messageOf(cause)})`];
  }
}

/** Ids are what configurations, verdicts and boards know a duty by: there is one of each. */
function clashesOf({ id, obligations }: Regulation, names: ReturnType<Known['with']>): string[] {
  const taken = new Set(names.obligations);
  return [
    ...(names.regulations.includes(id) ? [`the regulation "${id}" is there already; give it another id`] : []),
    ...obligations
      .filter((obligation, index) => {
        const isTwice = obligations.findIndex((other) => other.id === obligation.id) < index;
        return isTwice || taken.has(obligation.id);
      })
      .map((obligation) => `the obligation "${obligation.id}" is there already; give it another id`),
  ];
}
