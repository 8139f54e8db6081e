import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storedReport } from '../../collector/store/report-body.ts';
import { openConnection } from '../../collector/store/sqlite/open.ts';
import type { Report } from '../../shared/report-schema.ts';
import { collectorMain, type Running, runProgram, startProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

/** A folder that holds nothing but the applets of busybox, and the programs that are named. */
export function onlyBusybox(...programs: string[]): string {
  const folder = temporaryFolder();
  const where = (name: string) => execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  const busybox = where('busybox');
  for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n')) {
    if (!programs.includes(applet)) symlinkSync(busybox, join(folder, applet));
  }
  for (const program of programs) symlinkSync(where(program), join(folder, program));
  return folder;
}

export interface RouterSettings {
  /** Arguments for `pantau-collector token router` beside department, name and address. */
  options?: string[];
  /** The whole PATH; busybox alone unless told. */
  path?: string;
  /** Program that runs the script; the shell of busybox unless told. */
  shell?: string;
  /** What stands before it, such as `ip netns exec …`. */
  prefix?: string[];
}

export interface Finished {
  code: number | null;
  output: string;
}

export interface TestRouter {
  script: string;
  /** Where it keeps its running state, spool included. */
  work: string;
  token: string;
  once(): Promise<Finished>;
  run(): Running;
  /** The command that runs it, for other ways of running it. */
  command(...args: string[]): string[];
}

/** Hands out the agent of a router as an administrator would who copies it. */
export async function newRouter(
  collector: { url: string; dataFolder: string },
  { options = [], path = onlyBusybox(), shell, prefix = [] }: RouterSettings = {},
): Promise<TestRouter> {
  const args = [
    'token',
    'router',
    '--pd',
    'dinkes',
    '--node',
    'gerbang',
    '--url',
    collector.url,
    ...options,
    '--print',
  ];
  const printed = await runProgram(collectorMain, [...args, '--data', collector.dataFolder]);
  if (printed.code !== 0) throw new Error(`no agent for the router: ${printed.stderr}`);
  return routerOf(printed.stdout, { path, prefix, ...(shell === undefined ? {} : { shell }) });
}

export function routerOf(
  text: string,
  { path = onlyBusybox(), shell, prefix = [] }: Omit<RouterSettings, 'options'> = {},
): TestRouter {
  const folder = temporaryFolder();
  const script = join(folder, 'pantau-router.sh');
  writeFileSync(script, text, { mode: 0o600 });
  const work = join(folder, 'work');
  mkdirSync(work);
  const command = (...args: string[]) => [
    ...prefix,
    join(path, 'env'),
    '-i',
    `PATH=${path}`,
    `PANTAU_WORK=${work}`,
    shell ?? join(path, 'sh'),
    script,
    ...args,
  ];
  const run = (word: string) => startProgram(command(word));
  return {
    script,
    work,
    token: /^TOKEN='(.*)'$/m.exec(text)?.[1] ?? '',
    async once() {
      const running = run('once');
      const code = await running.exited;
      return { code, output: running.output() };
    },
    run: () => run('run'),
    command,
  };
}

export interface ToldReport {
  report: Report;
  /** What is kept beside it as its proof. */
  proof: string;
}

/** Every report that a collector has taken, in the order of arrival, read behind its back. */
export function toldReports(dataFolder: string): ToldReport[] {
  const connection = openConnection(join(dataFolder, 'pantau.db'));
  try {
    return connection
      .prepare<[], { place: number; encoding: string; body: Buffer; signature: string }>(
        `SELECT r.place, b.encoding, b.body, b.signature FROM reports r JOIN bodies b ON b.key = r.body
         ORDER BY b.key, r.place`,
      )
      .all()
      .map(({ place, encoding, body, signature }) => ({
        report: storedReport(encoding, body, place),
        proof: signature,
      }));
  } finally {
    connection.close();
  }
}
