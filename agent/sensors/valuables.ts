import type { Clock } from '../../shared/clock.ts';
import { type InventoryRow, rows } from './inventory-rows.ts';
import { type DataFolder, engines, findDataFolders } from './valuables/databases.ts';
import { findGuests } from './valuables/guests.ts';
import { createLooker, type Looker } from './valuables/looker.ts';
import { findWebRoots } from './valuables/web-roots.ts';

export interface ValuablesOptions {
  clock: Pick<Clock, 'monotonicMs'>;
  isWindows: boolean;
  hostname: string;
  /** What listens on this machine: rows of the inventory with `protocol`, `port` and, where known, `process`. */
  listening: readonly InventoryRow[];
  /** The trees to look at and what people call them; the machine's own when absent. */
  roots?: { root: string; shown: string }[];
  /** How long all of it may take; what was found by then counts. */
  withinMs?: number;
}

const maxRows = 64;
/** So that a list of one kind leaves room for the others. */
const maxRowsOfKind = 32;

/**
 * Databases, web roots and guests of Proxmox VE on this machine: what somebody would miss if it were lost. Only names
 * are read, and the first lines of pages and of Proxmox's own settings; no link is followed. A new server's own
 * databases and a distribution's default page are nothing of value.
 * @returns rows `{kind: 'database' | 'web-root' | 'guest', name, path?, port?}`.
 */
export async function findValuables(options: ValuablesOptions): Promise<InventoryRow[]> {
  const { clock, isWindows, withinMs = 15_000, roots = machineRoots(isWindows) } = options;
  const endsAtMs = clock.monotonicMs() + withinMs;
  const found: Found = { dataFolders: [], webRoots: [], guests: [] };
  const lookAtAll = async () => {
    for (const { root, shown } of roots) {
      await look(
        found,
        createLooker(root, shown, () => clock.monotonicMs() >= endsAtMs),
        options,
      );
    }
  };
  let timer: NodeJS.Timeout | undefined;
  // A server of files that is gone lets a look hang for hours.
  const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
  await Promise.race([lookAtAll(), tooLate]).finally(() => clearTimeout(timer));
  const databases = [
    ...found.dataFolders.flatMap(databaseRows),
    ...listeningRows(options.listening, found.dataFolders),
  ];
  const parts = [databases, found.webRoots, found.guests].map((part) => rows(part, maxRowsOfKind));
  return parts.flat().slice(0, maxRows);
}

interface Found {
  dataFolders: DataFolder[];
  webRoots: Record<string, unknown>[];
  guests: Record<string, unknown>[];
}

function machineRoots(isWindows: boolean): { root: string; shown: string }[] {
  const drives = isWindows ? ['C:\\', 'D:\\', 'E:\\'] : ['/'];
  return drives.map((root) => ({ root, shown: root }));
}

async function look(found: Found, looker: Looker, { isWindows, hostname }: ValuablesOptions): Promise<void> {
  found.dataFolders.push(...(await findDataFolders(looker, isWindows)));
  found.webRoots.push(...(await findWebRoots(looker, isWindows)).map((row) => ({ kind: 'web-root', ...row })));
  if (isWindows) return;
  found.guests.push(...(await findGuests(looker, hostname)).map((row) => ({ kind: 'guest', ...row })));
}

function databaseRows({ engine, path, names }: DataFolder): Record<string, unknown>[] {
  return names.map((name) => ({ kind: 'database', name: name === '' ? engine.name : `${engine.name}: ${name}`, path }));
}

/** What passes a database's port on to another machine; the data is there, not here. */
const passesOn = /^(haproxy|ssh|sshd|stunnel|socat|nginx|pgbouncer|proxysql|maxscale|mysqlrouter)/i;
const containerProxy = /^(docker|containerd|conmon|podman|rootlessport|slirp|pasta)/i;

/** Servers that listen although no data folder of theirs was found where such folders usually are. */
function listeningRows(
  listening: readonly InventoryRow[],
  dataFolders: readonly DataFolder[],
): Record<string, unknown>[] {
  const services = listening.filter(({ protocol }) => String(protocol).startsWith('tcp'));
  return engines.flatMap((engine) => {
    const own = services.filter(({ port, process }) => {
      const program = typeof process === 'string' ? process : '';
      if (passesOn.test(program)) return false;
      return port === engine.port || engine.program.test(program);
    });
    const service = own.find(({ port }) => port === engine.port) ?? own[0];
    if (service === undefined) return [];
    const known = dataFolders.filter((folder) => folder.engine === engine);
    const isContainer = containerProxy.test(String(service['process'] ?? ''));
    // Its folder was looked into: either it stands in the list, or there is nothing of value in it.
    if (known.some(({ names }) => names.length > 0) || (known.length > 0 && !isContainer)) return [];
    return [{ kind: 'database', name: engine.name, port: service['port'] }];
  });
}
