/**
 * Paths on disk are bytes, not necessarily UTF-8. We carry them as latin1 text, one character for each byte, so that
 * none is lost; this is the form that the file system functions take.
 */
export function toPath(latin1: string): string | Buffer {
  // Nearly all paths are ASCII. A Buffer would hold on to 8 KiB of memory for each of them until the next full
  // garbage collection, which in a quiet process is days away.
  // oxlint-disable-next-line no-control-regex -- the range of ASCII
  return /^[\u0000-\u007f]*$/.test(latin1) ? latin1 : Buffer.from(latin1, 'latin1');
}

/** For people: the same path as text, with U+FFFD where it is not UTF-8. */
export function showPath(latin1: string): string {
  const path = toPath(latin1);
  return typeof path === 'string' ? path : path.toString('utf8');
}
