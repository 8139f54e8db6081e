import { showPath } from '../../sensors/byte-path.ts';
import { cleanText } from '../../sensors/clean-text.ts';

/** The printable part of ASCII. */
const plainName = /^[\u0020-\u007e]*$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u001f\u007f]/;

/**
 * A path for people and reports: text instead of bytes, without control characters. Of one that is too long the end is
 * kept, because there is the name.
 */
export function shownPath(latin1: string, maxLength: number): string {
  const text = showPath(latin1);
  const short = text.length > maxLength ? `…${text.slice(1 - maxLength)}` : text;
  return cleanText(short, maxLength) ?? '?';
}

/** Why a name cannot be shown as it is; undefined for nearly all. */
export function nameProblem(latin1: string): string | undefined {
  if (plainName.test(latin1)) return undefined;
  if (controls.test(latin1)) return 'control-characters-in-name';
  return showPath(latin1).includes('\uFFFD') ? 'name-is-not-utf-8' : undefined;
}
