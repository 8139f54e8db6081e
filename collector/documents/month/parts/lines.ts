import type { Block } from '../../document.ts';
import type { Scribe, Words } from '../scribe.ts';

/** Blocks of running text, in the language of the report. */
export function heading({ text }: Scribe, level: 1 | 2 | 3, words: Words): Block {
  return { kind: 'heading', level, text: text(words) };
}

export function paragraph({ text }: Scribe, words: Words): Block {
  return { kind: 'paragraph', text: text(words), align: 'justify' };
}

export function list({ text }: Scribe, items: readonly Words[]): Block {
  return { kind: 'list', numbered: true, items: items.map(text) };
}
