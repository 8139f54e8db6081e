import { nearestName } from '../../config/nearest-name.ts';
import type { ReasonText } from '../../obligations/rule.ts';
import type { RegisterKind } from '../kind.ts';

/** Columns that every file of a register may have beside the register's own. */
export const ownHeadings = {
  id: { id: 'ID Entri', en: 'Entry ID' },
  revision: { id: 'Revisi', en: 'Revision' },
  pd: { id: 'Perangkat Daerah', en: 'Department' },
  enteredAt: { id: 'Waktu Pencatatan', en: 'Entered at' },
  enteredBy: { id: 'Dicatat Oleh', en: 'Entered by' },
  attachments: { id: 'Lampiran (SHA-256)', en: 'Attachments (SHA-256)' },
} satisfies Record<string, ReasonText>;

/** Every column that a file of the register may have, by its name. */
export function headingsOf(kind: RegisterKind): Map<string, ReasonText> {
  return new Map<string, ReasonText>([
    ...Object.entries(ownHeadings),
    ...kind.columns.map(({ name, title }) => [name, title] as const),
  ]);
}

export interface FoundHeadings {
  /** The name of the column at each place; undefined where nothing stands above it. */
  names: (string | undefined)[];
  problems: { column: string; message: string }[];
}

/** Which columns the first line of a file names, in either language or as in the API. */
export function findHeadings(kind: RegisterKind, line: readonly string[]): FoundHeadings {
  const known = headingsOf(kind);
  const byWord = new Map<string, string>();
  for (const [name, title] of known) for (const word of [name, title.id, title.en]) byWord.set(wordOf(word), name);
  const problems: FoundHeadings['problems'] = [];
  const names = line.map((heading) => {
    if (wordOf(heading) === '') return undefined;
    const name = byWord.get(wordOf(heading));
    const column = heading.trim().slice(0, 64);
    if (name === undefined) {
      problems.push({ column, message: `${kind.name} has no such column; ${hintFor(column, known)}` });
    }
    return name;
  });
  const twice = names.find((name, place) => name !== undefined && names.indexOf(name) !== place);
  if (twice !== undefined) problems.push({ column: twice, message: 'it stands above two columns' });
  const needed = kind.columns.filter(({ required }) => required).map(({ name }) => name);
  if (kind.pd === 'required') needed.unshift('pd');
  for (const name of needed.filter((each) => !names.includes(each))) {
    problems.push({ column: name, message: `the file has no column "${known.get(name)?.id}"; an entry needs it` });
  }
  return { names, problems };
}

function hintFor(heading: string, known: ReadonlyMap<string, ReasonText>): string {
  const words = [...known].flatMap(([name, title]) => [name, title.id, title.en]);
  const near = nearestName(heading, words);
  if (near !== undefined) return `did you mean "${near}"?`;
  return `there are ${[...known.values()].map(({ id }) => `"${id}"`).join(', ')}`;
}

/** Case, spaces and a star that marks what is required make no difference. */
function wordOf(heading: string): string {
  return heading.toLowerCase().replace(/\*/g, '').replace(/\s+/g, ' ').trim();
}
