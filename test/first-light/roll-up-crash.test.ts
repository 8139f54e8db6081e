import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { agents, bucketsOf, linkDaysOf, measured, rollUp, startsAtMs } from '../kit/history-reports.ts';
import { enrolAll, keep, type StoreFile, storeFile } from '../kit/store-file.ts';

const child = join(import.meta.dirname, '../kit/roll-up-child.ts');
const bodyCount = 60;
const reportsPerBody = 10;
const killCount = 10;

async function filled(): Promise<StoreFile> {
  const file = storeFile();
  await enrolAll(file.store, agents, startsAtMs);
  for (let body = 0; body < bodyCount; body += 1) {
    const which = body % 2 === 0 ? 0 : 1;
    const first = Math.floor(body / 2) * reportsPerBody + 1;
    const reports = Array.from({ length: reportsPerBody }, (_, at) => measured(which, first + at, 'session-0001'));
    await keep(file.store, [agents[which].batch(reports, startsAtMs + body)]);
  }
  return file;
}

/** @param killAfter how many steps it may say; it is killed in the midst of whatever follows. */
async function rollUpInChild(path: string, killAfter: number): Promise<'ended' | 'killed'> {
  const program = spawn(process.execPath, [child, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  let stepCount = 0;
  program.stdout.on('data', (text: Buffer) => {
    stepCount += text.toString().split('\n').length - 1;
    if (stepCount >= killAfter) program.kill('SIGKILL');
  });
  const [code, signal] = (await once(program, 'exit')) as [number | null, string | null];
  if (signal === 'SIGKILL') return 'killed';
  expect(code).toBe(0);
  return 'ended';
}

it('merges every report exactly once though the process is killed again and again', async () => {
  const whole = await filled();
  await rollUp(whole.store);
  const file = await filled();
  await file.store.close();

  const endings: string[] = [];
  for (let kill = 0; kill < killCount; kill += 1) endings.push(await rollUpInChild(file.path, 1));
  expect(endings).toContain('killed');
  expect(await rollUpInChild(file.path, Infinity)).toBe('ended');

  expect(bucketsOf(file.path)).toEqual(bucketsOf(whole.path));
  expect(linkDaysOf(file.path)).toEqual(linkDaysOf(whole.path));
  const reportCount = Object.values(bucketsOf(file.path)).reduce((sum, bucket) => sum + bucket.reportCount, 0);
  expect(reportCount).toBe(bodyCount * reportsPerBody);
}, 120_000);
