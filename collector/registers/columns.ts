import type { ReasonText } from '../obligations/rule.ts';
import type { ColumnType, RegisterColumn } from './kind.ts';

type Need = 'required' | 'optional';
/** What people read above a column or in a cell: in Indonesian, then in English. */
type Words = readonly [id: string, en: string];

const titled = ([id, en]: Words): ReasonText => ({ id, en });

/** A column that holds anything but a choice. */
export function column(name: string, type: Exclude<ColumnType, 'choice'>, need: Need, words: Words): RegisterColumn {
  return { name, title: titled(words), type, required: need === 'required' };
}

/** A column that holds one of a few words. */
export function choice(
  name: string,
  need: Need,
  words: Words,
  choices: Readonly<Record<string, Words>>,
): RegisterColumn {
  const list = Object.entries(choices).map(([code, each]) => ({ name: code, title: titled(each) }));
  return { name, title: titled(words), type: 'choice', required: need === 'required', choices: list };
}
