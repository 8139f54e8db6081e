// oxlint-disable-next-line no-control-regex -- control characters are what is being replaced
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g;

/**
 * Makes text from outside fit for a report: control characters become U+FFFD and what is longer than the schema
 * allows is cut, never inside a surrogate pair.
 * @returns undefined when nothing is left, because a report holds no empty texts.
 */
export function cleanText(text: string, maxLength: number): string | undefined {
  const cut = text.slice(0, maxLength);
  const whole = /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
  const clean = whole.toWellFormed().replaceAll(controlCharacters, '\uFFFD');
  return clean === '' ? undefined : clean;
}

/** The reason of a failure, as it goes into a report: at most 256 characters, never empty. */
export function cleanReason(text: string): string {
  return cleanText(text, 256) ?? 'unknown';
}
