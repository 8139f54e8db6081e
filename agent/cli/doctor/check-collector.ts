import type { Clock } from '../../../shared/clock.ts';
import { AppError, messageOf } from '../../../shared/errors.ts';
import type { Identity } from '../../identity/identity.ts';
import { createCollectorClient } from '../../uplink/collector-client.ts';
import { createExchange } from '../../uplink/http-exchange.ts';
import { fine, type Finding, guarded, problem } from './finding.ts';

const timeoutMs = 10_000;
const largestOffsetSeconds = 5;

const remedies: Record<string, string> = {
  'certificate-mismatch': 'ask Diskominfo whether the certificate was changed; if so, enrol again with a new token.',
  'plain-http-refused': 'give the collector TLS, or enrol again with --allow-plain-http.',
  'agent-refused': 'ask Diskominfo whether this agent was revoked; enrol again with a new token.',
};
const networkRemedy = 'check cable, route, DNS and firewall on the way to that address, and that the collector runs.';

/** Reachability and certificate, the clock, and whether the collector knows this agent. */
export function checkCollector(identity: Identity, clock: Clock): Promise<Finding[]> {
  return guarded('collector', networkRemedy, async () => {
    const { collectorUrl: url, fingerprint, allowPlainHttp } = identity;
    let answer;
    const beforeMs = clock.nowMs();
    try {
      const exchange = createExchange({ url, fingerprint, allowPlainHttp, timeoutMs });
      try {
        answer = await exchange.send({ method: 'GET', path: '/healthz', headers: {}, maxAnswerBytes: 64 * 1024 });
      } finally {
        exchange.close();
      }
    } catch (error) {
      return [problem('collector', messageOf(error), remedyOf(error))];
    }
    const afterMs = clock.nowMs();
    const tls = fingerprint === undefined ? 'without TLS' : 'and shows the certificate of the enrolment';
    return [
      fine('collector', `${url} answers in ${afterMs - beforeMs} ms ${tls}.`),
      clockFinding(answer.headers.date, (beforeMs + afterMs) / 2),
      await recognition(identity, clock),
    ];
  });
}

/** @param date header of the answer, in whole seconds. */
export function clockFinding(date: string | undefined, nowMs: number): Finding {
  const collectorNowMs = Date.parse(date ?? '');
  if (Number.isNaN(collectorNowMs)) return fine('clock', 'the collector did not say its time, so it was not compared.');
  // The header leaves the fraction of a second out: half of it is the best guess.
  const offsetSeconds = Math.round((nowMs - collectorNowMs - 500) / 1000);
  if (Math.abs(offsetSeconds) <= largestOffsetSeconds) return fine('clock', 'agrees with the collector.');
  const direction = offsetSeconds > 0 ? 'ahead of' : 'behind';
  return problem(
    'clock',
    `this machine is ${Math.abs(offsetSeconds)} seconds ${direction} the collector.`,
    'set up time synchronisation: "timedatectl set-ntp true".',
  );
}

async function recognition(identity: Identity, clock: Clock): Promise<Finding> {
  const client = createCollectorClient({ identity, clock, timeoutMs });
  try {
    const { version } = await client.fetchConfiguration();
    return fine('enrolment', `the collector knows this agent and offers configuration ${version}.`);
  } catch (error) {
    return problem('enrolment', messageOf(error), remedyOf(error));
  } finally {
    client.close();
  }
}

function remedyOf(error: unknown): string {
  return (error instanceof AppError ? remedies[error.code] : undefined) ?? networkRemedy;
}
