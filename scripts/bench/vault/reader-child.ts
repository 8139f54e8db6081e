// Reads one vault with the agent's own reader, in the same way as the process that the agent starts. Arguments: data
// folder, root, bytes a second. For each line on stdin it looks at the vault once, reads what is new, and prints a line
// of JSON with what that cost.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { VaultReader } from '../../../agent/backups/vault/vault-reader.ts';
import { systemClock } from '../../../shared/clock.ts';
import { silentLogger } from '../../../shared/logger.ts';

/** What one look cost. */
export interface LookCost {
  wallMs: number;
  cpuMs: number;
  rssAnonBytes: number;
  /** The most that the process ever had, with what it shares with others. */
  peakBytes: number;
  entryCount: number;
  checkedCount: number;
}

const [dataFolder = '', root = '', bytesPerSecond = ''] = process.argv.slice(2);

function memoryBytes(field: 'RssAnon' | 'VmHWM'): number {
  return (
    Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
  );
}

async function look(reader: VaultReader): Promise<LookCost> {
  const beganAtMs = performance.now();
  const before = process.cpuUsage();
  await reader.settle();
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - beganAtMs;
  const { holdings, vaultScans } = reader.tell();
  return {
    wallMs,
    cpuMs: (user + system) / 1000,
    rssAnonBytes: memoryBytes('RssAnon'),
    peakBytes: memoryBytes('VmHWM'),
    entryCount: vaultScans[0]?.entryCount ?? 0,
    checkedCount: holdings.reduce((sum, { integrity }) => sum + (integrity?.checkedCount ?? 0), 0),
  };
}

if (root !== '') {
  // What was made just now is there at once, so that the bench need not wait.
  const reader = new VaultReader({
    dataFolder,
    clock: systemClock,
    logger: silentLogger,
    restateEveryMs: 0,
    quietMs: 0,
  });
  reader.configure([
    {
      id: 'bench',
      location: 'pusat-data',
      root,
      hashBytesPerSecond: Number(bytesPerSecond),
      coverSeconds: 365 * 86_400,
      scanEverySeconds: 86_400,
      datasets: [{ pd: 'dinkes', dataset: 'all', path: 'all' }],
    },
  ]);
  for await (const _ of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await look(reader))}\n`);
  }
  await reader.close();
}
