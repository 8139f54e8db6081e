/** One step of a path pattern: a fixed name, a pattern for one name, or any depth of folders (`**`). */
export type PatternStep = { fixed: string } | { matches: RegExp } | 'any-depth';

export interface PathPattern {
  /** The folder that everything that matches lies in: the part of the pattern without wildcards. */
  root: string;
  /** What follows below it; never empty. */
  steps: PatternStep[];
}

const maxAlternatives = 64;
const maxSteps = 64;
const special = /[*?[\]{}]/;

/**
 * Reads a path pattern: `*` and `?` within a name, `[abc]`, `[!abc]`, `{one,two}`, and `**` for any depth of folders.
 * As in a shell, wildcards do not match a leading dot. Folders are separated by `/` (on Windows too).
 * @throws RangeError with the sentence that is wrong with it.
 */
export function parsePattern(text: string): PathPattern[] {
  return expandBraces(text).map((path) => {
    const names = path.split('/');
    const fixedCount = names.findIndex((name) => special.test(name));
    // Without a wildcard, the last name is still looked for as any other.
    const rootLength = fixedCount === -1 ? names.length - 1 : fixedCount;
    const steps = names.slice(rootLength).filter((name) => name !== '');
    if (steps.length === 0) throw new RangeError('it ends with a slash, but it must name files');
    if (steps.length > maxSteps) throw new RangeError(`it has more than ${maxSteps} folders`);
    // At the end, `**` stands for every file below.
    if (steps.at(-1) === '**') steps.push('*');
    return { root: names.slice(0, rootLength).join('/') || '/', steps: steps.map(parseStep) };
  });
}

function parseStep(name: string): PatternStep {
  if (name === '**') return 'any-depth';
  if (!special.test(name)) return { fixed: name };
  const body = name.replaceAll(/\[(!?)([^\]]+)\]|\*+|\?|[^*?[]+|\[/g, (part, not?: string, set?: string) => {
    if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replaceAll(/[\\^[]/g, String.raw`\$&`)}]`;
    if (part.startsWith('*')) return '[^/]*';
    return part === '?' ? '[^/]' : part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  });
  const hidden = name.startsWith('.') ? '' : String.raw`(?!\.)`;
  try {
    return { matches: new RegExp(`^${hidden}${body}$`, 's') };
  } catch {
    throw new RangeError(`"${name}" has a set in brackets that cannot be read`);
  }
}

function expandBraces(text: string): string[] {
  let open = [text];
  const done: string[] = [];
  while (open.length > 0) {
    if (open.length + done.length > maxAlternatives)
      throw new RangeError(`it has more than ${maxAlternatives} alternatives`);
    open = open.flatMap((pattern) => {
      // Innermost braces first, so that nested ones need no counting.
      const group = /\{([^{},]*(?:,[^{},]*)+)\}/.exec(pattern);
      if (group?.[1] === undefined) {
        done.push(pattern);
        return [];
      }
      const before = pattern.slice(0, group.index);
      const after = pattern.slice(group.index + group[0].length);
      return group[1].split(',').map((choice) => before + choice + after);
    });
  }
  return done;
}
