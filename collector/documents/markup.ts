const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it stands in HTML and SVG, in an attribute, too: no markup, and nothing that no XML reader takes. */
export function escapeMarkup(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** Control characters become blanks, halves of characters the sign for what is unknown; line ends and tabs stay. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}/gu, (sign) => ('\n\t'.includes(sign) ? sign : ' '))
    .replace(/[\ufffe\uffff]/g, ' ');
}
