import type { TarEntry } from './tar-listing.ts';

/** `-rw-r--r--  3.0 unx        6 tx        6 stor 26-Nov-25 21:59 path`, as `unzip -Z -l` writes it. */
const line = /^([-dlbcps?])\S*\s+\d+\.\d+\s+\S+\s+(\d+)\s+\S+\s+\d+\s+\S+\s+\d\d-[A-Za-z]{3}-\d\d \d\d:\d\d (.+)$/;

/** One entry of a zip archive; undefined for a line that is none. Control characters in names stay as `^J`. */
export function parseZipLine(text: string): TarEntry | undefined {
  const [, type, size, path] = line.exec(text) ?? [];
  if (path === undefined) return undefined;
  const isFile = (type === '-' || type === '?') && !path.endsWith('/');
  return { path, sizeBytes: isFile ? Number(size) : 0, isFile };
}
