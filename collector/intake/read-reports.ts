import { AppError } from '../../shared/errors.ts';
import type { ParsedBatch } from '../facts/fleet.ts';
import { type AgentFacts, presentSinceMs, staleAfterMs } from '../facts/node-facts.ts';
import { decodeBody } from '../store/report-body.ts';
import { effectiveTakenAtMs } from './effective-time.ts';
import { parseEnvelope } from './parse-envelope.ts';
import { checkRouterLimits, proofOf, type SenderProof, tokenProof } from './sender-proof.ts';

/** A request for intake, before anything in it is believed. */
export interface IntakeRequest extends SenderProof {
  agent: string;
  encoding: string;
  body: Buffer;
  /** Where it comes from, by the connection that it came on. */
  remoteAddress?: string | undefined;
}

/**
 * Checks a request from the outside in: signature or token, then encoding, then schema, then times. A stranger's bytes are never
 * decompressed or parsed.
 * @throws AppError that names what is wrong.
 */
export function readReports(request: IntakeRequest, agent: AgentFacts, receivedAtMs: number): ParsedBatch {
  const { encoding, body, remoteAddress } = request;
  const signature = proofOf(agent, body, request);
  const envelope = parseEnvelope(decodeBody(encoding, body));
  if (envelope.agent !== agent.row.id) {
    throw new AppError('wrong-agent', 'The body names another agent than the one that sent it.', {
      status: 422,
      field: '/agent',
    });
  }
  if (signature === tokenProof) checkRouterLimits(envelope);
  const latestAtMs = presentSinceMs(agent, receivedAtMs);
  const reports = envelope.reports.map((report, place) => {
    const takenAtMs = effectiveTakenAtMs(envelope, report, place, receivedAtMs);
    const late = takenAtMs <= latestAtMs || receivedAtMs - takenAtMs > staleAfterMs(report.intervalSeconds);
    return { session: report.session, seq: report.seq, takenAtMs, late };
  });
  const sentAtMs = Date.parse(envelope.sentAt);
  const { key: agentKey, id } = agent.row;
  return {
    batch: { agentKey, agent: id, receivedAtMs, sentAtMs, encoding, signature, body, remoteAddress, reports },
    reports: envelope.reports,
  };
}
