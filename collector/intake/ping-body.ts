import type { IncomingMessage } from 'node:http';
import { createLineMask } from '../../shared/mask-lines.ts';

/** So much of a body is kept, from its beginning, as callers are told in `Ping-Body-Limit`. */
export const pingBodyLimitBytes = 10_000;
/** So much is read. */
const maxBodySizeBytes = 1024 * 1024;
const tailSizeBytes = 8 * 1024;

const maxLineCount = 5;
const maxLineLength = 200;
/** Longer lines are cut to this before anything looks at them. */
const maxRawLineLength = 2000;

export interface PingBody {
  head: Buffer;
  /** Its end, where a job says what went wrong; empty when the whole was too large to be read to its end. */
  tail: Buffer;
  /** Whether the tail begins in the middle. */
  isTailCut: boolean;
  /** False when it went on after a megabyte; the connection must be closed then. */
  isWhole: boolean;
}

/** Calls back once: with the body, as far as it is read. A connection that breaks calls nobody. */
export function readPingBody(request: IncomingMessage, done: (body: PingBody) => void): void {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let sizeBytes = 0;
  let isDone = false;
  const finish = (isWhole: boolean) => {
    if (isDone) return;
    isDone = true;
    done({ head, tail: isWhole ? tail : Buffer.alloc(0), isTailCut: sizeBytes > tail.length, isWhole });
  };
  request.on('data', (chunk: Buffer) => {
    if (isDone) return;
    sizeBytes += chunk.length;
    if (head.length < pingBodyLimitBytes) head = Buffer.concat([head, chunk]).subarray(0, pingBodyLimitBytes);
    tail = Buffer.concat([tail, chunk.subarray(-tailSizeBytes)]).subarray(-tailSizeBytes);
    if (sizeBytes > maxBodySizeBytes) finish(false);
  });
  request.on('end', () => finish(true));
  // Without a listener a connection that breaks would end the process.
  request.on('error', () => {});
}

// oxlint-disable-next-line no-control-regex -- colours and titles of terminals are what is being removed
const terminalSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** Control characters, and those that turn the direction of a text or are not seen at all. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * The last lines of what a job wrote, oldest first, fit for pages and alerts.
 * @param secrets known secrets, which are masked as well as what looks like one.
 */
export function lastLinesOf({ tail, isTailCut }: Pick<PingBody, 'tail' | 'isTailCut'>, secrets: readonly string[]) {
  const maskLine = createLineMask(secrets);
  // A progress line that is written over with carriage returns is many lines, of which the last ones count.
  const lines = tail.toString('utf8').split(/[\r\n]+/);
  // It may have lost its beginning, and with it the word that says that a secret follows.
  if (isTailCut) lines.shift();
  return lines
    .map((line) =>
      line.slice(0, maxRawLineLength).replaceAll(terminalSequences, '').replaceAll(unprintable, ' ').trim(),
    )
    .filter((line) => line !== '')
    .slice(-maxLineCount)
    .map((line) => maskLine(line).slice(0, maxLineLength).toWellFormed());
}
