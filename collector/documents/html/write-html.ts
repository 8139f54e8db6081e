import type { FormalDocument, Letterhead } from '../document.ts';
import { escapeMarkup } from '../markup.ts';
import { draftWords } from '../words/document-words.ts';
import { blockHtml } from './blocks.ts';
import { documentStyle } from './style.ts';

/** Nothing in it runs or is loaded, whoever opens it from wherever. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A document as one HTML file that needs nothing beside it, and that prints on A4. */
export function writeHtml(document: FormalDocument): string {
  const { title, language, letterhead, footer, isDraft, blocks } = document;
  const { mark, sentence } = draftWords[language];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(title)}</title><style>${documentStyle}</style></head><body>`,
    isDraft ? `<div class="mark" aria-hidden="true">${mark}</div><p class="draft">${escapeMarkup(sentence)}</p>` : '',
    letterheadHtml(letterhead),
    ...blocks.map(blockHtml),
    `<div class="footer">${escapeMarkup(footer)}</div>`,
    '</body></html>\n',
  ].join('\n');
}

function letterheadHtml(letterhead: Letterhead | undefined): string {
  if (letterhead === undefined) return '';
  const { pemda, office, lines } = letterhead;
  const line = (text: string, name: string) => `<div class="${name}">${escapeMarkup(text)}</div>`;
  const all = [line(pemda, 'pemda'), line(office, 'office'), ...lines.map((text) => line(text, 'line'))];
  return `<header class="letterhead">${all.join('')}</header>`;
}
