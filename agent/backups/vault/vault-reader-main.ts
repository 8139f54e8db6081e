import { setPriority } from 'node:os';
import { systemClock } from '../../../shared/clock.ts';
import type { LogFields, Logger } from '../../../shared/logger.ts';
import { type FromReader, lineSplitter, type ToReader } from './messages.ts';
import { VaultReader } from './vault-reader.ts';

/*
 * Run by reader-process.ts as a program of its own: vaults are read with calls that block, and hundreds of thousands of
 * files need memory; neither is for the agent. Ends when the agent does. Arguments: folder of the agent's data, how
 * often things are told again, and how long a complete file has not changed, in milliseconds.
 */
const [dataFolder = '', restateEveryMs = '', quietMs = ''] = process.argv.slice(2);
const aliveEveryMs = 30_000;
const niceness = 10;

function say(message: FromReader): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const log =
  (level: 'info' | 'warn' | 'error') =>
  (message: string, fields: LogFields = {}) =>
    say({ is: 'log', level, message, fields });
const logger: Logger = { info: log('info'), warn: log('warn'), error: log('error') };

try {
  setPriority(niceness);
} catch {
  // Not allowed here; then as it is.
}
// A vault must be free to be unmounted, and so must everything else.
process.chdir('/');
const times = { restateEveryMs: Number(restateEveryMs), quietMs: Number(quietMs) };
const reader = new VaultReader({ dataFolder, clock: systemClock, logger, ...times });

function obey(order: ToReader): void {
  if (order.do === 'configure') reader.configure(order.vaults);
  else if (order.do === 'tell') say({ is: 'report', report: reader.tell() });
  else {
    const timer = setInterval(() => say({ is: 'alive' }), aliveEveryMs);
    void reader.settle().then(() => {
      clearInterval(timer);
      say({ is: 'settled' });
    });
  }
}

function end(): void {
  void reader.close().then(() => process.exit(0));
}

process.stdin.setEncoding('utf8');
process.stdin.on(
  'data',
  lineSplitter((line) => obey(JSON.parse(line) as ToReader)),
);
process.stdin.on('end', end);
process.on('SIGTERM', end);
// The agent is gone, so there is nobody to tell.
process.stdout.on('error', () => process.exit(1));
