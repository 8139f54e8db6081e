import { connect } from 'node:net';
import type { Clock, Random } from '../../shared/clock.ts';
import { createAnswerReader } from './http-answers.ts';

export interface OpenLoopOptions {
  port: number;
  requests: readonly Buffer[];
  /** Requests a second on average; they come independently of each other, as those of many agents do. */
  ratePerSecond: number;
  clock: Clock;
  random: Random;
}

export interface OpenLoopAnswer {
  /** When the request was due, from the start of the load. */
  dueMs: number;
  /** From when it was due until the whole answer was there. */
  answerMs: number;
  status: number;
}

const answerWithinMs = 30_000;

/**
 * Sends each request when it is due, on a connection of its own, whether or not earlier ones were answered.
 * @throws Error when one breaks or is not answered in 30 seconds.
 */
export async function runOpenLoop(options: OpenLoopOptions): Promise<OpenLoopAnswer[]> {
  const { requests, ratePerSecond, clock, random } = options;
  const startedAtMs = clock.monotonicMs();
  const under: Promise<OpenLoopAnswer>[] = [];
  let dueMs = 0;
  for (const request of requests) {
    dueMs += (-Math.log(1 - random()) * 1000) / ratePerSecond;
    const waitMs = startedAtMs + dueMs - clock.monotonicMs();
    if (waitMs > 0) await new Promise((next) => setTimeout(next, waitMs));
    // A timer may fire a little early; what is sent early is not late.
    const fromMs = Math.min(dueMs, clock.monotonicMs() - startedAtMs);
    const answer = exchange(request, { ...options, startedAtMs, dueMs, fromMs });
    // It is looked at below; until then its failure must not end the process.
    answer.catch(() => {});
    under.push(answer);
  }
  return Promise.all(under);
}

function exchange(
  request: Buffer,
  { port, clock, startedAtMs, dueMs, fromMs }: OpenLoopOptions & { startedAtMs: number; dueMs: number; fromMs: number },
): Promise<OpenLoopAnswer> {
  return new Promise<OpenLoopAnswer>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.setTimeout(answerWithinMs, () => socket.destroy(new Error('There was no answer within 30 s.')));
    const read = createAnswerReader(({ status }) => {
      socket.destroy();
      resolve({ dueMs, answerMs: clock.monotonicMs() - startedAtMs - fromMs, status });
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        reject(error);
      }
    });
    socket.once('connect', () => socket.write(request));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The server closed a connection without an answer.')));
  });
}
