import { spawn } from 'node:child_process';
import { isIPv6 } from 'node:net';
import builderFactory from 'ping/lib/builder/factory.js';
import { AppError } from '../../shared/errors.ts';

/** Seconds between packets; the shortest that ping grants to everybody. Windows knows no choice. */
const packetIntervalSeconds = process.platform === 'win32' ? 1 : 0.2;

const maxOutputLength = 64 * 1024;

export interface PingCall {
  /** Checked by the caller: never starts with a dash. */
  host: string;
  packetCount: number;
  timeoutSeconds: number;
  signal: AbortSignal;
  /** So many routers may pass the packets on; on Linux only. */
  hopLimit?: number | undefined;
  /** The program to run; the system's own unless told. */
  program?: string | undefined;
}

/**
 * Runs the system's ping program once. It is asked to stop when it takes longer than its packets can; it then prints
 * its summary, or nothing when it still waits for the name service.
 * @returns what it printed, whatever its exit code.
 * @throws AppError `ping-unavailable` when there is no such program or it may not be run; the signal's reason when
 * aborted, after the program has been killed.
 */
export function runPing(call: PingCall): Promise<string> {
  call.signal.throwIfAborted();
  const timeoutSeconds = Math.ceil(call.timeoutSeconds);
  const longestMs = (call.packetCount * packetIntervalSeconds + timeoutSeconds + 1) * 1000;
  const { program, args, env } = commandOf(call, timeoutSeconds);
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, env });
    const kill = () => child.kill('SIGKILL');
    const timer = setTimeout(() => child.kill('SIGINT'), longestMs);
    const finish = (outcome: () => void) => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', kill);
      outcome();
    };
    const take = (chunk: Buffer) => {
      if (output.length < maxOutputLength) output += chunk.toString('latin1');
      else kill();
    };
    call.signal.addEventListener('abort', kill, { once: true });
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (cause: NodeJS.ErrnoException) => {
      finish(() => reject(pingUnavailable(cause.code ?? cause.message, cause)));
    });
    child.once('close', () => {
      finish(() => (call.signal.aborted ? reject(call.signal.reason as Error) : resolve(output)));
    });
  });
}

function commandOf({ host, packetCount, hopLimit, program }: PingCall, timeoutSeconds: number) {
  const { platform } = process;
  const v6 = isIPv6(host);
  const builder = builderFactory.createBuilder(platform);
  const args = builder.getCommandArguments(host, {
    numeric: true,
    // The ping6 of macOS has no such option.
    timeout: platform === 'darwin' && v6 ? false : timeoutSeconds,
    min_reply: packetCount,
    v6,
    extra: [
      ...(platform === 'win32' ? [] : ['-i', String(packetIntervalSeconds)]),
      ...(hopLimit === undefined ? [] : ['-t', String(hopLimit)]),
    ],
  });
  return {
    // On Linux one program speaks both versions, and `ping6` is often not there any more.
    program: program ?? (platform === 'linux' ? 'ping' : builderFactory.getExecutablePath(platform, v6)),
    args,
    // In another language the output could not be read.
    env: { ...builder.getSpawnOptions().env, LC_ALL: 'C' },
  };
}

export function pingUnavailable(reason: string, cause?: unknown): AppError {
  return new AppError(
    'ping-unavailable',
    `The ping program cannot be used (${reason}); install iputils-ping or grant it the right to send ICMP.`,
    { cause },
  );
}
