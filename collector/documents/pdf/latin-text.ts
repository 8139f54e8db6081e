import { visibleText } from '../markup.ts';

/** Signs beyond Latin 1 that the standard fonts of PDF have (WinAnsiEncoding). */
const beyondLatin = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

const replacements: Record<string, string> = {
  '→': '->',
  '←': '<-',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '≈': '~',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
  '\u00ad': '',
  '✓': 'v',
  '✔': 'v',
  '✗': 'x',
  '\t': ' ',
};

/** A text in the letters that every PDF reader has without a font file; what is not among them becomes "?". */
export function latinText(text: string): string {
  const visible = visibleText(text);
  // Nearly every text is plain, and needs no second look.
  if (/^[\x20-\x7e\n]*$/.test(visible)) return visible;
  return visible.normalize('NFC').replace(/[^\x20-\x7e\n]/gu, (sign) => {
    const replacement = replacements[sign];
    if (replacement !== undefined) return replacement;
    if (/^[\u00a1-\u00ff]$/.test(sign) || beyondLatin.has(sign)) return sign;
    // A letter with a mark that is not among them may be there without it.
    const bare = sign.normalize('NFD').replace(/\p{M}/gu, '');
    return /^[\x20-\x7e]+$/.test(bare) ? bare : bare === '' ? '' : '?';
  });
}
