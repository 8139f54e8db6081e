/** A metrics page as its lines say it. */
export interface PageFamily {
  name: string;
  type: string;
  help: string;
  samples: PageSample[];
}

export interface PageSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Reads a page in the text format 0.0.4 that was written with blanks only where they must be. */
export function readPage(text: string): PageFamily[] {
  const families: PageFamily[] = [];
  let family: PageFamily = { name: '', type: 'untyped', help: '', samples: [] };
  for (const line of text.split('\n')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word !== undefined && name !== family.name) {
      family = { name, type: 'untyped', help: '', samples: [] };
      families.push(family);
    }
    if (word === 'HELP') family.help = rest;
    else if (word === 'TYPE') family.type = rest;
    else if (line !== '') family.samples.push(readSample(line));
  }
  return families;
}

/** @throws RangeError when it is no line of a sample. */
function readSample(line: string): PageSample {
  const [, name = '', pairs = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === '') throw new RangeError(`This is no line of a metrics page: ${line.slice(0, 200)}`);
  const labels = [...pairs.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [
    label,
    text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter)),
  ]);
  return {
    name,
    labels: Object.fromEntries(labels) as Record<string, string>,
    value: value === '+Inf' ? Infinity : Number(value.replace('Inf', 'Infinity')),
  };
}
