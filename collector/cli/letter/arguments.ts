import { letters } from '../../documents/letters/kinds/registry.ts';
import type { Letter } from '../../documents/letters/letter.ts';
import type { DocumentFormat } from '../../documents/write-document.ts';
import { commandLine } from '../command-line.ts';

const { wrongUsage, parse } = commandLine('letter');
export { wrongUsage };

const options = {
  pd: { type: 'string' },
  obligation: { type: 'string' },
  dataset: { type: 'string' },
  incident: { type: 'string' },
  order: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

export interface LetterArguments {
  letter: Letter;
  /** Undefined for a letter about an incident, which knows its department. */
  pd: string | undefined;
  obligation: string | undefined;
  dataset: string | undefined;
  incident: string | undefined;
  order: number;
  out: string;
  formats: DocumentFormat[];
  config: string | undefined;
  data: string | undefined;
}

/** The options that name what each kind of letter is about. */
const needed: Record<Letter['about'], readonly ('pd' | 'dataset' | 'incident')[]> = {
  department: ['pd'],
  incident: ['incident'],
  'restore-test': ['pd', 'dataset'],
};

export function readLetterArguments(args: readonly string[]): LetterArguments {
  const { values, positionals } = parse(args, { options, allowPositionals: true });
  const [kind, ...more] = positionals;
  const letter = letters.find(({ name }) => name === kind);
  if (letter === undefined) {
    const names = letters.map(({ name }) => name).join(', ');
    throw wrongUsage(kind === undefined ? `say which letter: ${names}` : `"${kind}" is no letter; known: ${names}`);
  }
  if (more.length > 0) throw wrongUsage(`"${more[0]}" is one word too many`);
  const names = needed[letter.about];
  for (const name of names) if (values[name] === undefined) throw wrongUsage(`${letter.name} needs --${name} ID`);
  for (const name of ['pd', 'dataset', 'incident'] as const) {
    if (values[name] !== undefined && !names.includes(name)) throw wrongUsage(`${letter.name} takes no --${name}`);
  }
  const out = values.out ?? '.';
  return {
    letter,
    pd: values.pd,
    obligation: values.obligation,
    dataset: values.dataset,
    incident: values.incident,
    order: orderOf(values.order),
    out,
    formats: formatsOf(values.format, out),
    config: values.config,
    data: values.data,
  };
}

function orderOf(text = '1'): number {
  if (!/^[123]$/.test(text)) throw wrongUsage(`--order "${text}" must be 1, 2 or 3`);
  return Number(text);
}

function formatsOf(text: string | undefined, out: string): DocumentFormat[] {
  const ending = /\.(pdf|html)$/.exec(out)?.[1];
  const formats = (text ?? ending ?? 'pdf').split(',');
  const known = formats.filter((format): format is 'pdf' | 'html' => format === 'pdf' || format === 'html');
  if (known.length < formats.length) throw wrongUsage(`--format "${text}" must be pdf, html or pdf,html`);
  if (ending !== undefined && (known.length > 1 || known[0] !== ending)) {
    throw wrongUsage(`--out "${out}" takes one form only, which must be ${ending}`);
  }
  return known;
}
