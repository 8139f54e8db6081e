import { columnWidths } from '../column-widths.ts';
import type { Block, Column } from '../document.ts';
import { escapeMarkup } from '../markup.ts';

type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** As a table stands on paper: 171 mm, with the type and the space around it of the style. */
const printed = { widthPt: 484, aroundPt: 9, sizePt: 9 };

export function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeMarkup(block.text)}</h${block.level}>`;
    case 'paragraph':
      return paragraphHtml(block);
    case 'list': {
      const tag = block.numbered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${escapeMarkup(item)}</li>`).join('')}</${tag}>`;
    }
    case 'facts':
      return `<dl>${block.rows.map(({ label, value }) => `<dt>${escapeMarkup(label)}</dt><dd>${escapeMarkup(value)}</dd>`).join('')}</dl>`;
    case 'table':
      return tableHtml(block);
    case 'chart':
      return chartHtml(block);
    case 'signatures':
      return signaturesHtml(block);
    default:
      return '<hr class="page-break">';
  }
}

function paragraphHtml({ text, align, bold = false, small = false }: BlockOf<'paragraph'>): string {
  const classes = [align, bold ? 'bold' : undefined, small ? 'small' : undefined];
  return `<p${classOf(classes)}>${escapeMarkup(text)}</p>`;
}

function tableHtml({ caption, columns, rows, note }: BlockOf<'table'>): string {
  const shares = columnWidths(columns, rows, printed).map((widthPt) => (widthPt / printed.widthPt) * 100);
  const widths = shares.map((share) => `<col width="${share.toFixed(2)}%">`).join('');
  const head = columns
    .map(({ title, align }) => `<th scope="col"${classOf([align])}>${escapeMarkup(title)}</th>`)
    .join('');
  // A note below the table could stand alone on the next page.
  const remark = note === undefined ? '' : `<div class="small">${escapeMarkup(note)}</div>`;
  const above = (caption === undefined ? '' : escapeMarkup(caption)) + remark;
  const body = rows.map((row) => `<tr>${columns.map((column, index) => cellHtml(row[index], column)).join('')}</tr>`);
  return [
    '<table>',
    above === '' ? '' : `<caption>${above}</caption>`,
    `<colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`,
  ].join('');
}

function cellHtml(cell: BlockOf<'table'>['rows'][number][number] | undefined, { align }: Column): string {
  const colour = cell?.colour === 'none' ? undefined : cell?.colour;
  return `<td${classOf([align, colour])}>${escapeMarkup(cell?.text ?? '')}</td>`;
}

function chartHtml({ caption, svg }: BlockOf<'chart'>): string {
  const named = svg.replace('<svg ', `<svg role="img" aria-label="${escapeMarkup(caption)}" `);
  return `<figure><figcaption>${escapeMarkup(caption)}</figcaption>${named}</figure>`;
}

function signaturesHtml({ signatures }: BlockOf<'signatures'>): string {
  const line = (text: string, name = '') => `<div${classOf([name])}>${escapeMarkup(text)}</div>`;
  const places = signatures.map(({ above, office, name, number }) =>
    [
      '<div class="signature">',
      ...above.map((text) => line(text)),
      line(office),
      '<div class="room"></div>',
      line(name, 'name'),
      number === '' ? '' : line(number),
      '</div>',
    ].join(''),
  );
  return `<div class="signatures">${places.join('')}</div>`;
}

function classOf(names: readonly (string | undefined)[]): string {
  const given = names.filter((name) => name !== undefined && name !== '');
  return given.length === 0 ? '' : ` class="${given.join(' ')}"`;
}
