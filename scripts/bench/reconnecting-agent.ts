import { connect, type Socket } from 'node:net';
import type { Clock, Random } from '../../shared/clock.ts';
import { createAnswerReader, type HttpAnswer } from './http-answers.ts';

/** What became of everything that the agents sent. */
export interface ReconnectTally {
  /** Answers by status. */
  answers: Map<number, number>;
  /** Answers 503 without Retry-After. */
  bare503Count: number;
  /** Connections that broke or could not be made. */
  brokenCount: number;
  /** From sending to a good answer. */
  ackMs: number[];
}

export interface ReconnectOptions {
  port: number;
  /** The requests of each agent, in the order in which its spool drains. */
  agents: readonly (readonly Buffer[])[];
  /** Mean pause between two requests of an agent, kept with a quarter of jitter either way. */
  paceMs: number;
  clock: Clock;
  random: Random;
  withinMs: number;
  /** Called when all is delivered and every connection still stands, as those of real agents do. */
  whenDelivered?: () => Promise<void>;
}

/**
 * All agents connect at once and empty their spools by the rules of a real one: one request at a time on a kept
 * connection, a pause between two, a "later" honoured with jitter on top. What was told to come later is sent again as
 * it was. @throws Error when that takes longer than the bound.
 */
export async function reconnectAll(options: ReconnectOptions): Promise<ReconnectTally> {
  const tally: ReconnectTally = { answers: new Map(), bare503Count: 0, brokenCount: 0, ackMs: [] };
  const sockets = new Set<Socket>();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Not every spool was empty after ${options.withinMs / 1000} s.`)),
      options.withinMs,
    );
  });
  const draining = options.agents.map((requests) => drain(requests, { ...options, tally, sockets }));
  try {
    await Promise.race([Promise.all(draining), tooLate]);
    await options.whenDelivered?.();
    return tally;
  } finally {
    clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
  }
}

interface Shared extends ReconnectOptions {
  tally: ReconnectTally;
  sockets: Set<Socket>;
}

function drain(requests: readonly Buffer[], shared: Shared): Promise<void> {
  return new Promise((resolve, reject) => {
    new DrainingAgent(requests, shared, { resolve, reject }).send();
  });
}

class DrainingAgent {
  readonly #requests: readonly Buffer[];
  readonly #shared: Shared;
  readonly #done: { resolve: () => void; reject: (error: unknown) => void };
  #socket: Socket | undefined;
  #place = 0;
  #failureCount = 0;
  #sentAtMs = 0;

  constructor(
    requests: readonly Buffer[],
    shared: Shared,
    done: { resolve: () => void; reject: (error: unknown) => void },
  ) {
    this.#requests = requests;
    this.#shared = shared;
    this.#done = done;
  }

  send(): void {
    const request = this.#requests[this.#place];
    if (request === undefined) {
      this.#done.resolve();
      return;
    }
    this.#sentAtMs = this.#shared.clock.monotonicMs();
    this.#socket ??= this.#open();
    this.#socket.write(request);
  }

  #open(): Socket {
    const { port, sockets } = this.#shared;
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    sockets.add(socket);
    const read = createAnswerReader((answer) => this.#onAnswer(answer));
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        this.#done.reject(error);
      }
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      if (this.#place === this.#requests.length) return;
      this.#shared.tally.brokenCount += 1;
      this.#later(undefined);
    });
    return socket;
  }

  #onAnswer({ status, retryAfterSeconds }: HttpAnswer): void {
    const { tally, clock, paceMs, random } = this.#shared;
    tally.answers.set(status, (tally.answers.get(status) ?? 0) + 1);
    if (status === 200) {
      tally.ackMs.push(clock.monotonicMs() - this.#sentAtMs);
      this.#failureCount = 0;
      this.#place += 1;
      setTimeout(() => this.send(), paceMs * (0.75 + 0.5 * random()));
      return;
    }
    if (status === 503 && retryAfterSeconds === undefined) tally.bare503Count += 1;
    this.#later(retryAfterSeconds);
  }

  /** As a real agent waits (agent/uplink/retry-delay.ts). */
  #later(retryAfterSeconds: number | undefined): void {
    const { random } = this.#shared;
    this.#failureCount += 1;
    const boundMs = Math.min(300_000, 1000 * 2 ** Math.min(this.#failureCount - 1, 20));
    const waitMs =
      retryAfterSeconds === undefined
        ? random() * boundMs
        : retryAfterSeconds * 1000 + random() * Math.max(boundMs, retryAfterSeconds * 500);
    setTimeout(() => this.send(), waitMs);
  }
}
