import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchContext, Figure } from '../bench.ts';
import { pathOf } from '../child-programs.ts';
import { quantile, single } from '../statistics.ts';

const run = promisify(execFile);
const childFile = pathOf('./agent/growth-child.ts');
/** Readings at each end, so that one garbage collection more or less does not decide. */
const readingCount = 20;
const warmCount = 100;
const withinMs = 600_000;

/** Private memory between report 100 and the last, in a process that makes one right after the other. */
export async function memoryGrowth(context: BenchContext, agentData: string): Promise<Figure[]> {
  const reportCount = context.isQuick ? 300 : 1000;
  const env = { ...process.env, NODE_COMPILE_CACHE: join(context.folder, 'growth-cache') };
  const child = (count: number) =>
    run(process.execPath, [childFile, agentData, String(count)], { env, timeout: withinMs, killSignal: 'SIGKILL' });
  await child(0);
  const { stdout } = await child(reportCount);
  const readings = stdout.trim().split('\n').map(Number);
  if (readings.length !== reportCount) throw new Error(`Only ${readings.length} of ${reportCount} reports were made.`);
  const early = quantile(readings.slice(warmCount - readingCount, warmCount), 0.5);
  const late = quantile(readings.slice(-readingCount), 0.5);
  const megabytes = (kibibytes: number) => (kibibytes * 1024) / 1e6;
  return [
    {
      name: `growth of RssAnon from report ${warmCount} to ${reportCount}`,
      unit: 'MB',
      value: single(megabytes(late - early)),
      target: { atMost: 1 },
      note: `${megabytes(early).toFixed(2)} to ${megabytes(late).toFixed(2)} MB; real sensors, spool and uplink one report after the other; probes, backups, inventory off`,
    },
  ];
}
