import { isIP } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import { type Attempt, attemptSeveralTimes } from './attempts/attempt-several-times.ts';
import { ProbeFailure } from './attempts/failure-reasons.ts';
import { bareHost } from './attempts/open-connection.ts';
import { requestPage } from './attempts/request-page.ts';

const maxAnswerLength = 64;

/**
 * Asks a page outside the Jaringan Intra under which address it sees this machine. No redirection is followed, and an
 * https page must have a certificate that this machine trusts.
 * @throws AppError `egress-unknown` with the reason, in the words of the probes.
 */
export async function lookUpEgress(url: string, timeoutMs: number, signal: AbortSignal): Promise<string> {
  let address: string | undefined;
  const result = await attemptSeveralTimes({ attemptCount: 1, timeoutMs, signal }, async (attempt) => {
    address = await askFor(attempt, new URL(url), timeoutMs);
  });
  if (address !== undefined && result.state === 'up') return address;
  throw new AppError('egress-unknown', `the address that the internet sees is not known: ${result.reason ?? 'failed'}`);
}

async function askFor(attempt: Attempt, url: URL, timeoutMs: number): Promise<string> {
  const name = bareHost(url.hostname);
  const { status, body } = await requestPage(attempt, { url, connectTo: name, certificateName: name, timeoutMs });
  if (status !== 200) throw new ProbeFailure('unexpected-status');
  const text = body.toString('latin1').trim();
  if (text.length > maxAnswerLength || isIP(text) === 0 || text.includes('%')) throw new ProbeFailure('bad-answer');
  return text;
}
