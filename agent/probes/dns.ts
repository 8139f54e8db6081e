import { cleanText } from '../sensors/clean-text.ts';
import { askNameServer } from './attempts/ask-name-server.ts';
import { attemptSeveralTimes } from './attempts/attempt-several-times.ts';
import { ProbeFailure } from './attempts/failure-reasons.ts';
import { addPhase } from './attempts/open-connection.ts';
import { resolveHost } from './attempts/resolve-host.ts';
import { systemClock } from '../../shared/clock.ts';
import type { Probe } from './probe.ts';

const usualPort = 53;
const maxAnswers = 8;

export const dnsProbe = {
  kind: 'dns' as const,
  docs: 'Questions to a name server (port 53 unless told) for query and recordType (A unless told): whether it answers, and with expectAnswer.',
  needsPort: false,
  async probe(target, { signal }) {
    const { host, port = usualPort, query, recordType = 'A', expectAnswer, packetCount } = target;
    if (query === undefined) return { state: 'unknown', reason: 'query-missing', sentCount: 0, receivedCount: 0 };
    const timeoutMs = target.timeoutSeconds * 1000;
    return attemptSeveralTimes({ attemptCount: packetCount, timeoutMs, signal }, async (attempt) => {
      const server = await resolveHost(attempt, host);
      const beganAtMs = systemClock.monotonicMs();
      const answers = await askNameServer(attempt, { server, port, name: query, recordType, timeoutMs });
      addPhase(attempt, 'waitSeconds', systemClock.monotonicMs() - beganAtMs);
      attempt.details.answers = answers.slice(0, maxAnswers).flatMap((answer) => cleanText(answer, 255) ?? []);
      if (expectAnswer !== undefined && !answers.some((answer) => plain(answer) === plain(expectAnswer))) {
        throw new ProbeFailure('unexpected-answer');
      }
    });
  },
} satisfies Probe;

/** Names are the same in any case, with or without the dot at their end. */
function plain(answer: string): string {
  return answer.toLowerCase().replace(/\.$/, '');
}
