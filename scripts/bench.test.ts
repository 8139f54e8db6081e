import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const main = new URL('bench.ts', import.meta.url).pathname;

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 20_000 });
}

it('explains itself and measures nothing', () => {
  const { status, stdout, stderr } = run('--help');
  expect([status, stderr]).toEqual([0, '']);
  for (const name of ['intake', 'rate', 'reconnect', 'agent', 'disk', 'routers'])
    expect(stdout).toContain(`\n  ${name} `);
});

it('refuses a bench that it does not have with exit code 2', () => {
  const { status, stdout, stderr } = run('--only', 'speed');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    '--only "speed" must be one of intake, rate, reconnect, agent, disk, vault, routers, scrape, remote-write, judging, ledger, report. See "npm run bench -- --help".\n',
  );
});
