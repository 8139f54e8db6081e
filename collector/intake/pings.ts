import type { Clock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { TouchedFacts } from '../facts/touched-facts.ts';
import type { PingRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { PingCall } from './parse-ping.ts';
import type { PingAddress, PingAddresses } from './ping-addresses.ts';
import { lastLinesOf, type PingBody } from './ping-body.ts';
import { pingClaim } from './ping-claim.ts';
import { parsePingTime } from './ping-time.ts';
import { createRateLimit } from './rate-limit.ts';
import type { Turns } from './turns.ts';

export interface PingsOptions {
  addresses: PingAddresses;
  store: Pick<Store, 'commitPing'>;
  fleet: Pick<Fleet, 'dataset' | 'stageClaim'>;
  clock: Clock;
  logger: Logger;
  /** The same that reports take. */
  turns: Turns;
  /** Told after each commit what is now different. */
  onTouched(touched: TouchedFacts): void;
  /** `outcome` is the kind of the ping, or the code of the refusal. */
  count(outcome: string): void;
}

/** A call whose address is known and that says nothing impossible. */
export interface AdmittedPing {
  address: PingAddress;
  call: PingCall;
}

export interface PingSender {
  userAgent: string;
  remoteAddress: string;
}

/** The door for jobs that have no agent: they call an address when they begin and end. */
export interface Pings {
  /**
   * Checks a call before its body is kept. @param call undefined when no address can look like what was called.
   * @throws AppError `unknown-address` (404), `bad-url`, `bad-rid`, `bad-time` (400) or `too-many-requests` (429).
   */
  admit(call: PingCall | undefined): AdmittedPing;
  /** Resolves when the ping is on disk. @throws AppError `store-unavailable` (503), nothing having changed. */
  accept(ping: AdmittedPing, body: PingBody, sender: PingSender): Promise<void>;
}

/** Of each address; a job that runs each minute uses two. */
const pingsPerMinute = 60;
const pingBurst = 60;
/** Calls of addresses that do not exist, from everybody together. Known addresses never wait because of them. */
const guessesPerMinute = 600;
const guessBurst = 300;
const maxUserAgentLength = 200;
const maxMessageLength = 1000;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createPings(options: PingsOptions): Pings {
  const { addresses, clock, logger, count } = options;
  const limit = createRateLimit({ perMinute: pingsPerMinute, burst: pingBurst });
  const guesses = createRateLimit({ perMinute: guessesPerMinute, burst: guessBurst });

  function addressOf(call: PingCall | undefined): PingAddress {
    // Healthchecks looks at the form of a name before it looks for it.
    if (call !== undefined && 'slug' in call.name && /[A-Z]/.test(call.name.slug)) throw badUrl();
    const address = call && addresses.find(call.name);
    if (address !== undefined) return address;
    const waitSeconds = guesses.take('all', clock.monotonicMs());
    throw waitSeconds > 0 ? tooMany(waitSeconds) : new AppError('unknown-address', 'not found', { status: 404 });
  }

  function admitted(call: PingCall | undefined): AdmittedPing {
    const address = addressOf(call);
    if (call === undefined || (call.exitStatus ?? 0) > 255) throw badUrl();
    if (call.rid !== undefined && !uuidPattern.test(call.rid)) {
      throw new AppError('bad-rid', 'invalid uuid format', { status: 400, field: 'rid' });
    }
    if (call.ts !== undefined) parsePingTime(call.ts, clock.nowMs());
    const waitSeconds = limit.take(`${address.pd}/${address.dataset}`, clock.monotonicMs());
    if (waitSeconds > 0) throw tooMany(waitSeconds);
    return { address, call };
  }

  return {
    admit(call) {
      try {
        return admitted(call);
      } catch (error) {
        if (error instanceof AppError) count(error.code);
        throw error;
      }
    },
    async accept(ping, body, sender) {
      try {
        await options.turns.take(() => commit(options, ping, body, sender));
      } catch (cause) {
        const known = cause instanceof AppError ? cause : unavailable(cause, logger);
        count(known.code);
        throw known;
      }
      count(ping.call.kind);
    },
  };
}

async function commit(options: PingsOptions, ping: AdmittedPing, body: PingBody, sender: PingSender): Promise<void> {
  const { store, fleet, clock } = options;
  const { address, call } = ping;
  const receivedAtMs = clock.nowMs();
  const saidAtMs = call.ts === undefined ? undefined : parsePingTime(call.ts, receivedAtMs);
  const said = whatWasSaid(call, body);
  const row: PingRow = {
    pd: address.pd,
    dataset: address.dataset,
    // Nothing has happened that is still to come, whatever a clock says that is a little ahead.
    atMs: Math.min(saidAtMs ?? receivedAtMs, receivedAtMs),
    receivedAtMs,
    kind: call.kind,
    exitStatus: call.exitStatus,
    rid: call.rid?.toLowerCase(),
    body: said.head,
    userAgent: sender.userAgent.slice(0, maxUserAgentLength),
    remoteAddress: sender.remoteAddress,
  };
  const lastLines = call.kind === 'fail' ? lastLinesOf(said, [address.uuid, address.pingKey]) : [];
  let apply: (() => TouchedFacts) | undefined;
  await store.commitPing(row, (number) => {
    const claim = pingClaim({ row, saidAtMs, lastLines }, number, fleet.dataset(`${row.pd}/${row.dataset}`));
    if (claim === undefined) return undefined;
    const staged = fleet.stageClaim(claim);
    apply = () => staged.apply();
    return staged.changes;
  });
  if (apply !== undefined) options.onTouched(apply());
}

/** What a push says stands in its address; what a ping says, in its body. */
function whatWasSaid({ message }: PingCall, body: PingBody): Pick<PingBody, 'head' | 'tail' | 'isTailCut'> {
  if (message === undefined) return body;
  const head = Buffer.from(message.slice(0, maxMessageLength).toWellFormed());
  return { head, tail: head, isTailCut: false };
}

function badUrl(): AppError {
  return new AppError('bad-url', 'invalid url format', { status: 400 });
}

function tooMany(retryAfterSeconds: number): AppError {
  const message = `too many calls; try again in ${retryAfterSeconds} seconds`;
  return new AppError('too-many-requests', message, { status: 429, retryable: true, retryAfterSeconds });
}

function unavailable(cause: unknown, logger: Logger): AppError {
  logger.error('a ping could not be written; its sender was told to try again', { cause: messageOf(cause) });
  const options = { status: 503, retryable: true, retryAfterSeconds: 30, cause };
  return new AppError('store-unavailable', 'cannot be stored at the moment; send it again', options);
}
