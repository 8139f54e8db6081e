import { chmodSync, readFileSync, statSync } from 'node:fs';
import type { Logger } from '../../shared/logger.ts';

const othersMayRead = 0o077;
const maxSizeBytes = 64 * 1024;

/**
 * Reads a file that holds a secret. One that other users can read is closed to them first, with a warning.
 * @returns undefined when there is no such file. @throws the system's error for everything else.
 */
export function readPrivateFile(path: string, logger: Logger): string | undefined {
  try {
    const { mode, size } = statSync(path);
    if (size > maxSizeBytes) throw new RangeError(`it is larger than ${maxSizeBytes} bytes`);
    if (process.platform !== 'win32' && (mode & othersMayRead) !== 0) {
      chmodSync(path, 0o600);
      logger.warn(
        'Other users could read a private file; its mode is now 600. Enrol again if they may have copied it.',
        {
          file: path,
          mode: (mode & 0o777).toString(8),
        },
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
