import { connect, type Socket } from 'node:net';
import type { Clock } from '../../shared/clock.ts';
import { createAnswerReader } from './http-answers.ts';

export interface ClosedLoopOptions {
  port: number;
  connectionCount: number;
  /** Whole requests, head and body, in the order in which they are sent. */
  requests: readonly Buffer[];
  clock: Clock;
  /** Bound on the whole run. */
  withinMs: number;
}

export interface LoadOutcome {
  elapsedMs: number;
  /** Answers by status. */
  answers: ReadonlyMap<number, number>;
}

/**
 * Sends every request over kept connections, each with one request under way, as fast as the server answers.
 * @throws Error when a connection breaks or the time is over.
 */
export function runClosedLoop(options: ClosedLoopOptions): Promise<LoadOutcome> {
  const { port, connectionCount, requests, clock, withinMs } = options;
  const answers = new Map<number, number>();
  const sockets: Socket[] = [];
  const startedAtMs = clock.monotonicMs();
  let nextIndex = 0;
  let answeredCount = 0;

  return new Promise<LoadOutcome>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Only ${answeredCount} of ${requests.length} answers came within ${withinMs / 1000} s.`)),
      withinMs,
    );
    const sendNext = (socket: Socket): void => {
      const request = requests[nextIndex];
      nextIndex += 1;
      if (request !== undefined) socket.write(request);
    };
    const openOne = (): void => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true });
      sockets.push(socket);
      const read = createAnswerReader(({ status }) => {
        answers.set(status, (answers.get(status) ?? 0) + 1);
        answeredCount += 1;
        if (answeredCount < requests.length) sendNext(socket);
        else {
          clearTimeout(timer);
          resolve({ elapsedMs: clock.monotonicMs() - startedAtMs, answers });
        }
      });
      socket.on('data', (chunk: Buffer) => {
        try {
          read(chunk);
        } catch (error) {
          reject(error);
        }
      });
      socket.once('connect', () => sendNext(socket));
      socket.once('error', reject);
      socket.once('close', () => reject(new Error(`The server on port ${port} closed a connection.`)));
    };
    for (let opened = 0; opened < Math.min(connectionCount, requests.length); opened++) openOne();
  }).finally(() => {
    for (const socket of sockets) socket.destroy();
  });
}
