import { fileURLToPath } from 'node:url';
import { messageOf } from '../../../shared/errors.ts';
import { cleanText } from '../../sensors/clean-text.ts';
import { type FromReader, lineSplitter, type ToReader } from './messages.ts';

const readerScript = fileURLToPath(new URL('vault-reader-main.ts', import.meta.url));
/** What it knows of hundreds of thousands of files stays small, for a little more work. */
const youngMegabytes = 2;
const nodeOptions = [`--max-semi-space-size=${youngMegabytes}`, '--optimize-for-size'];
const endWithinMs = 1000;
const keptErrorLength = 2048;

export interface ReaderProcessOptions {
  dataFolder: string;
  restateEveryMs: number;
  quietMs: number;
  /** The script to run, for tests. */
  scriptPath?: string;
  onMessage: (message: FromReader) => void;
  /** It has ended, for the reason given. */
  onEnd: (reason: string) => void;
}

export interface ReaderProcess {
  send(order: ToReader): void;
  /** Lets it put away what it knows; it is gone soon in any case. */
  end(): Promise<void>;
  kill(): void;
}

/** Starts the program that reads vaults. It ends with the agent at the latest. */
export function startReader(options: ReaderProcessOptions): ReaderProcess {
  // Loaded only where vaults are read.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { dataFolder, restateEveryMs, quietMs, scriptPath = readerScript, onMessage, onEnd } = options;
  const args = [scriptPath, dataFolder, String(restateEveryMs), String(quietMs)];
  const child = spawn(process.execPath, [...nodeOptions, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, so that Ctrl-C reaches the agent alone.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let errors = '';
  const ended = new Promise<void>((resolve) => {
    const finish = (reason: string) => {
      resolve();
      onEnd(reason);
    };
    child.once('error', (error) => finish(`it could not be started: ${messageOf(error)}`));
    child.once('exit', (code, signal) => finish(`it ended with ${signal ?? `exit code ${code}`}${lastLineOf(errors)}`));
  });
  child.stdout.setEncoding('utf8');
  child.stdout.on(
    'data',
    lineSplitter((line) => {
      const message = parse(line);
      if (message !== undefined) onMessage(message);
    }),
  );
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => void (errors = (errors + text).slice(-keptErrorLength)));
  // One that dies early closes its end; its exit says why.
  child.stdin.on('error', () => {});
  return {
    send: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    async end() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), endWithinMs);
      const tooLong = new Promise<void>((resolve) => setTimeout(resolve, 2 * endWithinMs).unref());
      // One that hangs in a dead file system cannot even be killed.
      await Promise.race([ended, tooLong]);
      clearTimeout(timer);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** What a program prints that is none of our messages, a warning of Node say, is passed over. */
function parse(line: string): FromReader | undefined {
  try {
    return JSON.parse(line) as FromReader;
  } catch {
    return undefined;
  }
}

function lastLineOf(errors: string): string {
  const line = errors.split('\n').findLast((each) => /Error|FATAL/.test(each));
  const clean = line === undefined ? undefined : cleanText(line.trim(), 150);
  return clean === undefined ? '' : `: ${clean}`;
}
