import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { createCpuMeter } from '../cpu-meter.ts';
import { makeYear, type MadeYear, yearConfig } from '../report/made-year.ts';
import { single } from '../statistics.ts';

const collectorMain = join(import.meta.dirname, '../../../collector/cli/main.ts');
const megabyte = 1e6;
const untilMs = Date.parse('2025-10-31T17:00:00Z');

export const report: Bench = {
  name: 'report',
  docs: 'the monthly report of 500 departments from a store that holds a year',
  async run(context) {
    const year: MadeYear = { departmentCount: context.isQuick ? 50 : 500, dayCount: 365, untilMs };
    const data = join(context.folder, 'data');
    mkdirSync(data);
    const config = join(context.folder, 'pantau.yaml');
    writeFileSync(config, yearConfig(year));
    context.say(`making a year of ${year.departmentCount} departments`);
    makeYear(join(data, 'pantau.db'), year);
    const { size } = statSync(join(data, 'pantau.db'));
    const where = ['--config', config, '--data', data];
    return [
      ...(await reported(context, 'all formats', where, 'pdf,html,xlsx')),
      ...(await reported(context, 'workbook alone', where, 'xlsx')),
      { name: 'size of the store', unit: 'MB', value: single(size / megabyte) },
    ];
  },
};

/** The command as people run it. */
async function reported(
  context: BenchContext,
  what: string,
  where: readonly string[],
  formats: string,
): Promise<Figure[]> {
  context.say(`writing the report of a month, ${what}`);
  const out = join(context.folder, formats.replaceAll(',', '-'));
  const args = ['report', '--month', '2025-10', '--out', out, '--format', formats, ...where];
  const child = spawn(process.execPath, [collectorMain, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const { pid } = child;
  if (pid === undefined) throw new Error('The report could not be started.');
  const meter = createCpuMeter(pid, 'report');
  const beganAtMs = performance.now();
  let cpuMs = 0;
  let peakBytes = 0;
  const timer = setInterval(() => {
    cpuMs = Math.max(cpuMs, meter.cpuMs());
    peakBytes = Math.max(peakBytes, peakBytesOf(pid));
  }, 50);
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(timer);
  const wallMs = performance.now() - beganAtMs;
  meter.close();
  if (code !== 0) throw new Error(`The report ended with ${code}: ${said.slice(-500)}`);
  const progressCount = said.split('\n').filter((line) => line.startsWith('…')).length;
  return [
    {
      name: `report of a month, ${what}`,
      unit: 's CPU',
      value: single(cpuMs / 1000),
      target: { atMost: 60 },
      note: `${(wallMs / 1000).toFixed(1)} s by the clock, ${progressCount} lines of progress`,
    },
    { name: `memory of it, ${what}`, unit: 'MB', value: single(peakBytes / megabyte) },
  ];
}

/** The most that a process has had so far; 0 once it has ended. */
function peakBytesOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
