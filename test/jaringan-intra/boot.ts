import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The boots of one machine, which shares its kernel with the others. */
export interface Boot {
  /** The machine starts: its next boot has a new id and an uptime that begins now. */
  renew(): void;
  /** A command line that sees this boot. */
  under(command: string[]): string[];
}

/**
 * A time namespace moves /proc/uptime and the boot time in /proc/stat for what runs inside, and the boot id is another
 * file there.
 */
export function createBoot(folder: string): Boot {
  const bootId = join(folder, 'boot-id');
  let hostUptimeSeconds = 0;
  return {
    renew() {
      writeFileSync(bootId, `${randomUUID()}\n`);
      hostUptimeSeconds = Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]));
    },
    under(command) {
      const script = 'mount --bind "$0" /proc/sys/kernel/random/boot_id && exec "$@"';
      const unshare = ['unshare', '--mount', '--time', `--boottime=-${hostUptimeSeconds}`, '--fork', '--kill-child'];
      return [...unshare, 'sh', '-c', script, bootId, ...command];
    },
  };
}
