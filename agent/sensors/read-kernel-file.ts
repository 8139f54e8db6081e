import { closeSync, openSync, readSync } from 'node:fs';

/** Enough for /proc/stat of a machine with thousands of interrupts; a file that goes on is cut there. */
const maxSizeBytes = 1024 * 1024;

let buffer = Buffer.allocUnsafeSlow(16 * 1024);

/**
 * Reads a file of /proc or /sys, as latin1 text (one character for each byte) unless told. These files have no size,
 * for which `readFileSync` would set aside 64 KiB at each call; here one buffer serves all of them, for ever.
 * @throws what `open` and `read` say, ENOENT say.
 */
export function readKernelFile(path: string, encoding: 'latin1' | 'utf8' = 'latin1'): string {
  const file = openSync(path, 'r');
  try {
    let sizeBytes = 0;
    for (;;) {
      const readBytes = readSync(file, buffer, sizeBytes, buffer.length - sizeBytes, null);
      sizeBytes += readBytes;
      if (readBytes === 0 || sizeBytes >= maxSizeBytes) return buffer.toString(encoding, 0, sizeBytes);
      if (sizeBytes === buffer.length) grow();
    }
  } finally {
    closeSync(file);
  }
}

function grow(): void {
  const larger = Buffer.allocUnsafeSlow(Math.min(buffer.length * 4, maxSizeBytes));
  buffer.copy(larger);
  buffer = larger;
}
