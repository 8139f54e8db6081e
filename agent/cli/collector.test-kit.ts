import type { ServerResponse } from 'node:http';
import type { AgentConfig } from '../../shared/agent-config-schema.ts';
import { formatToken } from '../../shared/enrolment-token.ts';
import { decompressWithDictionary } from '../../shared/report-dictionary.ts';
import type { Envelope, Report } from '../../shared/report-schema.ts';
import { agentIdOf, createKeyPair, exportPublicKey } from '../../shared/signing.ts';
import { signConfig, someConfig } from '../config/agent-config.test-kit.ts';
import { type Peer, type PeerRequest, startPeer } from '../uplink/peer.test-kit.ts';

export interface TestCollector extends Peer {
  token: string;
  /** Every report that was acknowledged, in the order of arrival. */
  reports: Report[];
  /** While false, everything is answered with 503. */
  isOpen: boolean;
  /** What agents are told to do; a change gives a new version. */
  config: Partial<AgentConfig>;
}

/** A peer that enrols, acknowledges and configures like the collector; it judges nothing. */
export async function startCollector(config: Partial<AgentConfig>): Promise<TestCollector> {
  const keys = createKeyPair();
  const state = { reports: [] as Report[], isOpen: true, config };
  const signedFor = (agent: string) => signConfig(someConfig(agent, state.config), keys.privateKey);

  const answer = (request: PeerRequest, response: ServerResponse) => {
    if (!state.isOpen) {
      response.writeHead(503).end();
    } else if (request.path === '/healthz') {
      response.end('ok');
    } else if (request.path === '/api/v1/enroll') {
      const { publicKey } = JSON.parse(request.body.toString()) as { publicKey: string };
      const agent = agentIdOf(publicKey);
      const configuration = signedFor(agent);
      response.end(JSON.stringify({ agent, collectorPublicKey: exportPublicKey(keys.publicKey), configuration }));
    } else if (request.path === '/api/v1/agent/configuration') {
      response.end(JSON.stringify(signedFor(String(request.headers['x-pantau-agent']))));
    } else {
      const envelope = JSON.parse(decompressWithDictionary(request.body, 4e6).toString()) as Envelope;
      state.reports.push(...envelope.reports);
      const acked = Math.max(...envelope.reports.map(({ seq }) => seq));
      const { version } = signedFor(envelope.agent);
      const { length } = envelope.reports;
      response.end(JSON.stringify({ acked, acceptedCount: length, duplicateCount: 0, config: version }));
    }
  };
  const peer = await startPeer(answer);
  const token = formatToken({ url: peer.url, secret: 'A'.repeat(43), expiresAtMs: Date.now() + 3_600_000 });
  return Object.assign(state, peer, { token });
}
