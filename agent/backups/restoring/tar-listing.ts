const endMarkBytes = 1024;

/** Looks at an archive as it passes. Without its end mark it was cut off between two entries, which tar lets pass. */
export function createTarEnding() {
  let tail = Buffer.alloc(0);
  return {
    take(chunk: Buffer): void {
      tail = Buffer.concat([tail, chunk.subarray(-endMarkBytes)]).subarray(-endMarkBytes);
    },
    isComplete: () => tail.length === endMarkBytes && tail.every((byte) => byte === 0),
  };
}

/** One entry of an archive as `tar -tv` shows it. */
export interface TarEntry {
  /** Bytes as latin1 text. */
  path: string;
  sizeBytes: number;
  isFile: boolean;
}

/** How tar must be asked for lines that can be read whatever the names in the archive are. */
export const tarListArgs = ['--list', '--verbose', '--numeric-owner', '--quoting-style=escape', '--file=-'] as const;

/** `-rw-r--r-- 0/0  1234 2026-11-25 21:44 path`; devices have two numbers in place of the size. */
const line = /^([-dlhbcpsCDMVNLS])\S{9}\S* \S+ +(\d+)(?:,\d+)? \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?)? (.*)$/s;
/** Regular files, also those stored in a way of their own (contiguous, sparse). */
const fileTypes = new Set(['-', 'C', 'S']);

/** @returns undefined for a line that is no entry. */
export function parseTarLine(text: string): TarEntry | undefined {
  const match = line.exec(text);
  if (match === null) return undefined;
  const [, type = '', size = '', rest = ''] = match;
  // Behind the name of a link stands where it leads; an arrow in a file's own name is part of the name.
  const name = type === 'l' ? beforeLast(rest, ' -> ') : type === 'h' ? beforeLast(rest, ' link to ') : rest;
  const isFile = fileTypes.has(type);
  return { path: unescapeName(name), sizeBytes: isFile ? Number(size) : 0, isFile: isFile || type === 'h' };
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The way in which tar writes control characters, backslashes and bytes that are no text. */
export function unescapeName(name: string): string {
  return name.replaceAll(/\\(?:([0-3][0-7]{2})|(.))/gs, (_, octal: string | undefined, sign: string) =>
    octal === undefined ? (escapes[sign] ?? sign) : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function beforeLast(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  return at === -1 ? text : text.slice(0, at);
}
