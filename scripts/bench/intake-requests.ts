import type { Report } from '../../shared/report-schema.ts';
import type { SimulatedAgent } from '../simulation/simulated-agent.ts';
import { rawReportRequest, rawRequest } from './raw-request.ts';
import { expositionText, importLines, samplesOf, timedExpositionText } from './report-facts.ts';

/** The same reports as each server takes them. */
export interface IntakeRequests {
  reportCount: number;
  ours: Buffer[];
  /** The same envelopes as plain JSON. */
  floor: Buffer[];
  pushgateway: Buffer[];
  importJson: Buffer[];
  importText: Buffer[];
}

const minuteMs = 60_000;

/** One new report of each agent in turn, as agents send them each minute. */
export function minuteReports(agents: readonly SimulatedAgent[], count: number, nowMs: number): IntakeRequests {
  const requests = emptyRequests();
  for (let index = 0; index < count; index++) {
    const agent = agents[index % agents.length] as SimulatedAgent;
    // Further rounds of the same agent lie minutes apart; the age of each is zero when it is sent.
    const takenAtMs = nowMs + Math.floor(index / agents.length) * minuteMs;
    addRequests(requests, agent, [agent.report({ takenAtMs })]);
  }
  return requests;
}

/** Fifty reports of the past in each request, newest first, as a spool drains. @param pastMs where their past begins. */
export function drainedBatches(agents: readonly SimulatedAgent[], count: number, pastMs: number): IntakeRequests {
  const requests = emptyRequests();
  for (let index = 0; index < count; index++) {
    const agent = agents[index % agents.length] as SimulatedAgent;
    const endsAtMs = pastMs + Math.floor(index / agents.length) * 50 * minuteMs;
    const reports = Array.from({ length: 50 }, (_, place) => agent.report({ takenAtMs: endsAtMs + place * minuteMs }));
    addRequests(requests, agent, reports.toReversed());
  }
  return requests;
}

function addRequests(requests: IntakeRequests, agent: SimulatedAgent, reports: readonly Report[]): void {
  const newestMs = Math.max(...reports.map(({ takenAt }) => Date.parse(takenAt)));
  const sentAtMs = reports.length === 1 ? newestMs : newestMs + 90 * minuteMs;
  const envelope = agent.envelope(reports, sentAtMs);
  const labels = { pd: agent.pd, node: agent.node };
  requests.reportCount += reports.length;
  requests.ours.push(rawReportRequest(agent.signedRequest(envelope, { encoding: 'dictionary' })));
  requests.floor.push(rawRequest('/', {}, Buffer.from(JSON.stringify(envelope))));
  const rounds = reports.map((report) => ({ atMs: Date.parse(report.takenAt), samples: samplesOf(report, labels) }));
  const [first] = rounds;
  if (reports.length === 1 && first !== undefined) {
    const path = `/metrics/job/pantau/instance/${agent.id}`;
    requests.pushgateway.push(rawRequest(path, {}, Buffer.from(expositionText(first.samples))));
    return;
  }
  requests.importJson.push(rawRequest('/api/v1/import', {}, Buffer.from(importLines(rounds))));
  requests.importText.push(rawRequest('/api/v1/import/prometheus', {}, Buffer.from(timedExpositionText(rounds))));
}

function emptyRequests(): IntakeRequests {
  return { reportCount: 0, ours: [], floor: [], pushgateway: [], importJson: [], importText: [] };
}
