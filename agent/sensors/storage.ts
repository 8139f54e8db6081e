import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { ReportFilesystem } from '../../shared/report-schema.ts';
import { showPath, toPath } from './byte-path.ts';
import { cleanText } from './clean-text.ts';
import { type Mount, parseMounts } from './mounts.ts';
import { readKernelFile } from './read-kernel-file.ts';
import type { Sensor, SensorFailure } from './sensor.ts';

const maxFilesystems = 128;

type Statfs = (path: string | Buffer) => Promise<Pick<StatsFs, 'bsize' | 'blocks' | 'bavail'> & { frsize?: number }>;

export interface StorageOptions {
  proc?: string;
  statfs?: Statfs;
  /** How long one filesystem may take to answer. */
  answerWithinMs?: number;
}

/**
 * A server that is gone makes statfs hang for hours in one of Node's four file threads. Filesystems of other machines
 * are therefore asked one after the other, and none of them while an earlier question is unanswered: at most one
 * thread is ever lost, and local filesystems are measured all the same.
 */
export function createStorageSensor(options: StorageOptions = {}): Sensor {
  const { proc = '/proc', statfs: ask = statfs, answerWithinMs = 2000 } = options;
  let unansweredMount: string | undefined;

  const askRemote = async (mount: Mount): Promise<ReportFilesystem | SensorFailure> => {
    if (unansweredMount !== undefined) {
      return failure(mount, unansweredMount === mount.mount ? 'still-running' : 'another remote filesystem hangs');
    }
    unansweredMount = mount.mount;
    let timer: NodeJS.Timeout | undefined;
    const answer = measure(mount, ask).finally(() => (unansweredMount = undefined));
    const tooLate = new Promise<SensorFailure>((resolve) => {
      timer = setTimeout(() => resolve(failure(mount, 'timeout')), answerWithinMs);
    });
    return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
  };

  return {
    name: 'storage',
    docs: 'Size and availability of every real filesystem (block devices and network) by statfs over /proc/self/mounts.',
    async read() {
      const found = parseMounts(readKernelFile(`${proc}/self/mounts`));
      const mounts = found.slice(0, maxFilesystems);
      const rows = await Promise.all(mounts.filter((mount) => !mount.remote).map((mount) => measure(mount, ask)));
      for (const mount of mounts.filter((mount) => mount.remote)) rows.push(await askRemote(mount));
      const filesystems = rows.filter((row) => 'mount' in row);
      const failures = rows.filter((row) => 'of' in row);
      if (found.length > maxFilesystems) {
        failures.push({ of: 'storage', reason: `only ${maxFilesystems} of ${found.length} filesystems were measured` });
      }
      // A container may see no storage of its own: nothing there is not a failure.
      return rows.length === 0 ? { outcome: 'no-data' } : { outcome: 'ok', part: { filesystems }, failures };
    },
  };
}

async function measure(mount: Mount, ask: Statfs): Promise<ReportFilesystem | SensorFailure> {
  try {
    const answer = await ask(toPath(mount.mount));
    // Counts are in fragments; most filesystems have fragments as large as blocks, some (fuse) do not.
    const unitBytes = answer.frsize === undefined || answer.frsize === 0 ? answer.bsize : answer.frsize;
    return {
      mount: utf8(mount.mount, 512),
      device: utf8(mount.device, 512),
      type: utf8(mount.type, 64),
      sizeBytes: bytes(answer.blocks * unitBytes),
      availableBytes: bytes(answer.bavail * unitBytes),
      ...(mount.readOnly ? { readOnly: true } : {}),
    };
  } catch (error) {
    return failure(mount, String((error as NodeJS.ErrnoException).code ?? error));
  }
}

function failure(mount: Mount, reason: string): SensorFailure {
  return { of: `storage ${utf8(mount.mount, 100)}`, reason };
}

function utf8(latin1: string, maxLength: number): string {
  return cleanText(showPath(latin1), maxLength) ?? '?';
}

/** Beyond 2^53 a number is no longer exact; nobody has such a filesystem, but a damaged one may claim it. */
function bytes(value: number): number {
  return Math.min(Math.max(0, Math.round(value)), Number.MAX_SAFE_INTEGER);
}
