import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { routerTokenPattern } from '../../shared/router-token.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { AgentRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { hashSecret } from './enrolment.ts';
import { createRateLimit } from './rate-limit.ts';
import { isSameHash } from './sender-proof.ts';

export interface RouterTokensOptions {
  fleet: Fleet;
  store: Pick<Store, 'enrolRouter'>;
  clock: Clock;
  onEnrolled(agent: AgentRow): void;
}

/** A router that has shown its own token. */
export interface ShownToken {
  agent: string;
  token: string;
  tokenHash: string;
}

/** Knows routers by the token that they show; the first use of a token enrols its router. */
export interface RouterTokens {
  /**
   * Whether the router is still trusted is for intake to say.
   * @param authorization the header as it came.
   * @throws AppError 401 or 429.
   */
  recognise(authorization: string | undefined): Promise<ShownToken>;
}

const bearer = new RegExp(`^[Bb]earer (${routerTokenPattern})$`);
/** Tokens that are not the known ones of their routers, from everybody together: each costs a look into the store. */
const guessesPerMinute = 600;
const guessBurst = 300;

const refusals = {
  'unknown-token': 'This token is not known here; make a new one with "pantau-collector token router".',
  'expired-token': 'This token was not used in time; make a new one with "pantau-collector token router".',
  'used-token': 'A newer token has taken the place of this one; use that one.',
} as const;

export function createRouterTokens(options: RouterTokensOptions): RouterTokens {
  const { fleet, store, clock } = options;
  const guesses = createRateLimit({ perMinute: guessesPerMinute, burst: guessBurst });

  async function enrol(tokenHash: string): Promise<string> {
    const waitSeconds = guesses.take('all', clock.monotonicMs());
    if (waitSeconds > 0) throw tooMany(waitSeconds);
    const result = await store.enrolRouter(tokenHash, clock.nowMs());
    if (result.outcome !== 'enrolled') throw refused(result.outcome, refusals[result.outcome]);
    options.onEnrolled(result.agent);
    return result.agent.id;
  }

  return {
    async recognise(authorization) {
      const token = bearer.exec(authorization ?? '')?.[1];
      if (token === undefined)
        throw refused('no-token', 'Send "Authorization: Bearer <token>" with the router’s token.');
      const tokenHash = hashSecret(token);
      const [named = ''] = token.split('.');
      const known = fleet.agent(named)?.row.tokenHash;
      const agent = known !== undefined && isSameHash(known, tokenHash) ? named : await enrol(tokenHash);
      return { agent, token, tokenHash };
    },
  };
}

function refused(code: string, message: string): AppError {
  return new AppError(code, message, { status: 401, field: 'authorization' });
}

function tooMany(retryAfterSeconds: number): AppError {
  const options = { status: 429, retryable: true, retryAfterSeconds };
  return new AppError('too-many-requests', 'Too many unknown tokens; send it again later.', options);
}
