import { type Attempt, attemptSeveralTimes } from './attempts/attempt-several-times.ts';
import { ProbeFailure } from './attempts/failure-reasons.ts';
import { bareHost } from './attempts/open-connection.ts';
import { type HttpAnswer, requestPage } from './attempts/request-page.ts';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import type { Probe } from './probe.ts';

const maxRedirections = 3;

export const httpProbe = {
  kind: 'http' as const,
  docs: 'GET requests, with tls: true by https: status (200 to 399 unless told), a text in the first 64 KiB, the certificate; up to 3 redirections on the same host are followed.',
  needsPort: false,
  probe(target, { signal }) {
    const timeoutMs = target.timeoutSeconds * 1000;
    return attemptSeveralTimes({ attemptCount: target.packetCount, timeoutMs, signal }, async (attempt) => {
      const answer = await followRedirections(attempt, target, timeoutMs);
      if (!isExpected(target, answer.status)) throw new ProbeFailure('unexpected-status');
      if (target.expectText !== undefined && !answer.body.includes(target.expectText)) {
        throw new ProbeFailure('text-missing');
      }
    });
  },
} satisfies Probe;

/** @returns the first answer that is no redirection, or one that is itself expected or leads to another host. */
async function followRedirections(attempt: Attempt, target: ProbeConfig, timeoutMs: number): Promise<HttpAnswer> {
  const { host, serverName, expectStatus } = target;
  let url = addressOf(target);
  for (let redirections = 0; ; redirections++) {
    const answer = await requestPage(attempt, {
      url,
      // The name that the configuration gives is for the host that it names.
      connectTo: url.hostname === addressOf(target).hostname ? bareHost(host) : bareHost(url.hostname),
      certificateName: bareHost(serverName ?? url.hostname),
      timeoutMs,
    });
    attempt.details.httpStatus = answer.status;
    const next = answer.location === undefined ? undefined : sameSite(url, answer.location);
    if (next === undefined || expectStatus?.includes(answer.status) === true) return answer;
    if (redirections === maxRedirections) throw new ProbeFailure('too-many-redirections');
    url = next;
  }
}

function addressOf({ host, port, path = '/', tls = false }: ProbeConfig): URL {
  const bare = bareHost(host);
  const name = bare.includes(':') ? `[${bare.replace(/%.*$/, '')}]` : bare;
  return new URL(`${tls ? 'https' : 'http'}://${name}${port === undefined ? '' : `:${port}`}${path}`);
}

/** Whoever runs the page must not send the agent round the Pusat Data: the same name, with or without `www.`. */
function sameSite(from: URL, location: string): URL | undefined {
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  if (to.protocol !== 'http:' && to.protocol !== 'https:') return undefined;
  const plain = ({ hostname }: URL) => hostname.replace(/^www\./, '');
  return plain(to) === plain(from) ? to : undefined;
}

function isExpected({ expectStatus }: ProbeConfig, status: number): boolean {
  return expectStatus === undefined ? status >= 200 && status < 400 : expectStatus.includes(status);
}
