import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { configSource } from '../collector/cli/config-source.ts';
import { AppError, messageOf } from '../shared/errors.ts';

const usage = `Usage: npm start

Runs a collector on the address in the configuration (http://127.0.0.1:8420 unless told) and one agent on this machine
that enrols itself. Everything is kept in ./data; the environment variable PANTAU_DATA names another folder.
Ctrl-C stops both; the next start continues where this one ended.
`;

const root = new URL('..', import.meta.url).pathname;
const collectorMain = join(root, 'collector/cli/main.ts');
const agentMain = join(root, 'agent/cli/main.ts');
const run = promisify(execFile);

/** The launcher fills the compile cache first, which keeps the running agent small; Windows has no shell for it. */
const agentCommand = process.platform === 'win32' ? [process.execPath, agentMain] : [join(root, 'agent/pantau-agent')];

/** How long a child may take to end after it was asked to, before it is ended. */
const stopGraceMs = 10_000;

/** Own process groups: Ctrl-C reaches only this process, which then ends agent and collector in that order. */
function startChild([file = '', ...args]: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
}

function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function stopChild(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = exitOf(child);
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  await exited;
  clearTimeout(forced);
}

/** Passes the collector's lines on. @returns once it answers; rejects when it ends before. */
function untilListening(collector: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    collector.once('exit', (code) => reject(new AppError('collector-ended', '', { status: code ?? 1 })));
    if (collector.stdout === null) return;
    createInterface({ input: collector.stdout }).on('line', (line) => {
      process.stdout.write(`${line}\n`);
      if (line.startsWith('  watching ')) resolve();
    });
  });
}

async function enrolOnce(dataFolder: string, agentFolder: string, pd: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (existsSync(join(agentFolder, 'configuration.json'))) return;
  const tokenArgs = [
    'token',
    'create',
    '--pd',
    pd,
    '--role',
    'vantage',
    '--role',
    'vault',
    '--expires',
    '1h',
    '--data',
    dataFolder,
  ];
  const { stdout: token } = await run(process.execPath, [collectorMain, ...tokenArgs], { env });
  await run(process.execPath, [agentMain, 'enroll', token.trim(), '--data', agentFolder], { env });
  process.stdout.write('The agent of this machine is enrolled.\n');
}

async function main(): Promise<number> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  const source = configSource(
    { data: undefined, config: undefined },
    { env: process.env, workingFolder: process.cwd() },
  );
  const pd = source.read().pemda.diskominfo.pd;
  if (source.written)
    process.stdout.write(`An example configuration was written to ${source.path}; edit it and start again.\n`);
  const agentFolder = join(source.dataFolder, 'agent');
  const env = { ...process.env, NODE_COMPILE_CACHE: join(source.dataFolder, 'cache') };
  const stopAsked = new Promise<'stop'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('stop'));
  });

  const collector = startChild([process.execPath, collectorMain, 'serve', '--data', source.dataFolder], env);
  let agent: ChildProcess | undefined;
  try {
    const ready = await Promise.race([untilListening(collector).then(() => 'ready' as const), stopAsked]);
    if (ready === 'ready') {
      await enrolOnce(source.dataFolder, agentFolder, pd, env);
      agent = startChild([...agentCommand, 'run', '--data', agentFolder], env);
      agent.stdout?.pipe(process.stdout, { end: false });
      process.stdout.write('The agent of this machine is running. Ctrl-C stops both.\n');
      const ended = await Promise.race([stopAsked, exitOf(collector), exitOf(agent)]);
      if (ended !== 'stop') {
        process.stderr.write('One of the two ended by itself; the other is stopped too. See the lines above.\n');
        return 1;
      }
    }
    return 0;
  } catch (error) {
    if (error instanceof AppError && error.code === 'collector-ended') return error.status;
    throw error;
  } finally {
    await stopChild(agent);
    await stopChild(collector);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof AppError ? 2 : 1;
}
