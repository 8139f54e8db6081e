import { messageOf } from '../../../shared/errors.ts';
import type { SnmpCredential } from './credential.ts';
import { badAnswer, GuardedSocket, openSocket } from './guarded-socket.ts';
import { SnmpProblem } from './problem.ts';
import { createNetSnmpSession, type NetSnmpSession } from './net-snmp.ts';
import type { Varbind } from './values.ts';

export interface SessionTarget {
  host: string;
  port: number;
  credential: SnmpCredential;
  /** How long one question may take; it is asked again once after half of that, because datagrams get lost. */
  timeoutMs: number;
  /** How long everything together may take. */
  limitMs: number;
  signal: AbortSignal;
}

/** Questions to one device, one at a time. Each throws SnmpProblem with the reason. */
export interface SnmpSession {
  get(oids: readonly string[]): Promise<Varbind[]>;
  /** @returns for each of the OIDs what follows it, in order. */
  getBulk(oids: readonly string[], maxRepetitions: number): Promise<Varbind[][]>;
  close(): void;
}

/** @throws SnmpProblem `unknown-host`, `unreachable`, `stopped` or `bad-credential`. */
export async function openSession(target: SessionTarget): Promise<SnmpSession> {
  const watch = new Watch(target);
  try {
    const { socket, address } = await watch.unlessOver(openSocket(target.host, target.port), ({ socket }) =>
      socket.close(),
    );
    const guarded = new GuardedSocket(socket, (problem) => watch.onProblem(problem));
    const session = await createNetSnmpSession(guarded, { ...target, address });
    return new Questions(session, watch, () => guarded.beginQuestion());
  } catch (error) {
    watch.end();
    throw error instanceof SnmpProblem ? error : new SnmpProblem('bad-credential', messageOf(error), { cause: error });
  }
}

class Questions implements SnmpSession {
  readonly #session: NetSnmpSession;
  readonly #watch: Watch;
  readonly #onQuestion: () => void;

  constructor(session: NetSnmpSession, watch: Watch, onQuestion: () => void) {
    this.#session = session;
    this.#watch = watch;
    this.#onQuestion = onQuestion;
  }

  get(oids: readonly string[]): Promise<Varbind[]> {
    this.#onQuestion();
    return this.#watch.ask((callback) => this.#session.get([...oids], callback));
  }

  getBulk(oids: readonly string[], maxRepetitions: number): Promise<Varbind[][]> {
    this.#onQuestion();
    return this.#watch.ask((callback) => this.#session.getBulk([...oids], 0, maxRepetitions, callback));
  }

  close(): void {
    this.#watch.end();
    this.#session.close();
  }
}

type Callback<Answer> = (error: Error | null, answer?: Answer) => void;

/** Sees to it that each question ends: with an answer, in its time, in the time of all together, or when told to stop. */
class Watch {
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal;
  readonly #limit: NodeJS.Timeout;
  readonly #onAbort = () => this.#finish(new SnmpProblem('stopped', 'The reading was stopped.'));
  /** Rejects the question under way. */
  #reject: ((problem: SnmpProblem) => void) | undefined;
  #over: SnmpProblem | undefined;
  /** An answer that could not be read: the reason when no better one comes. */
  #badAnswer: SnmpProblem | undefined;

  constructor({ timeoutMs, limitMs, signal }: SessionTarget) {
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
    this.#limit = setTimeout(() => {
      this.#finish(new SnmpProblem('too-slow', `It takes longer than ${limitMs} ms to answer everything.`));
    }, limitMs);
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  onProblem(problem: SnmpProblem): void {
    if (problem.reason === 'bad-answer') this.#badAnswer ??= problem;
    else this.#finish(problem);
  }

  ask<Answer>(send: (callback: Callback<Answer>) => void): Promise<Answer> {
    return this.unlessOver(
      new Promise<Answer>((resolve, reject) => {
        this.#badAnswer = undefined;
        const timer = setTimeout(() => reject(this.#timedOut()), this.#timeoutMs);
        send((error, answer) => {
          clearTimeout(timer);
          if (error !== null || answer === undefined) reject(this.#problemOf(error));
          else resolve(answer);
        });
      }),
    );
  }

  /** @param discard what to do with a result that comes when nobody waits for it any more. */
  unlessOver<Result>(work: Promise<Result>, discard?: (result: Result) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      let isSettled = false;
      const settle = (act: () => void) => {
        if (isSettled) return;
        isSettled = true;
        this.#reject = undefined;
        act();
      };
      this.#reject = (problem) => settle(() => reject(problem));
      work.then(
        (result) => (isSettled ? discard?.(result) : settle(() => resolve(result))),
        (error: unknown) => settle(() => reject(error)),
      );
      if (this.#over !== undefined) this.#reject(this.#over);
    });
  }

  end(): void {
    clearTimeout(this.#limit);
    this.#signal.removeEventListener('abort', this.#onAbort);
  }

  #finish(problem: SnmpProblem): void {
    this.#over ??= problem;
    this.#reject?.(problem);
  }

  #timedOut(): SnmpProblem {
    return this.#badAnswer ?? new SnmpProblem('timeout', `No answer within ${this.#timeoutMs} ms.`);
  }

  #problemOf(error: Error | null): SnmpProblem {
    if (error === null) return badAnswer('it is empty');
    const { name, message } = error;
    const { code, status } = error as { code?: unknown; status?: unknown };
    if (name === 'RequestTimedOutError') return this.#timedOut();
    if (name === 'RequestFailedError') {
      const reason =
        status === tooBigStatus ? 'too-big' : accessStatuses.has(status) ? 'access-denied' : 'error-answer';
      return new SnmpProblem(reason, `It answers with an error: ${message}.`, { cause: error });
    }
    if (name === 'ResponseInvalidError' && authenticationCodes.has(code)) {
      return new SnmpProblem('authentication-failed', `It does not accept user or keys: ${message}.`, { cause: error });
    }
    return badAnswer(message, error);
  }
}

const tooBigStatus = 1;
/** noAccess and authorizationError. */
const accessStatuses = new Set<unknown>([6, 16]);
/** ECouldNotDecrypt, EAuthFailure and ENotInTimeWindow of net-snmp. */
const authenticationCodes = new Set<unknown>([4, 5, 14]);
