import type { ReportsAck } from '../../shared/wire.ts';
import { createLatencyHistogram, type LatencyHistogram } from './latency-histogram.ts';

/** What became of everything that a simulation sent. */
export interface Tally {
  /** Reports in requests, repeats included. */
  readonly sentCount: number;
  readonly acceptedCount: number;
  readonly duplicateCount: number;
  /** Reports in requests that were told to come back later, or got no answer. */
  readonly putOffCount: number;
  /** Reports refused for good; a simulation that is right has none. */
  readonly rejectedCount: number;
  /** Requests by HTTP status, and `unreachable`. */
  readonly answers: ReadonlyMap<string, number>;
  /** From sending to the acknowledgement, of the whole run. */
  readonly ackDelays: LatencyHistogram;
  /** The same since the last progress line. */
  readonly recentAckDelays: LatencyHistogram;
  /** The first few things that should not have been said, as sentences. */
  readonly complaints: readonly string[];
  acknowledged(reportCount: number, ack: ReportsAck, answerMs: number): void;
  putOff(reportCount: number, answer: string): void;
  rejected(reportCount: number, answer: string, complaint: string): void;
}

const keptComplaintCount = 5;

export function createTally(): Tally {
  const answers = new Map<string, number>();
  const counts = { sent: 0, accepted: 0, duplicate: 0, putOff: 0, rejected: 0 };
  const ackDelays = createLatencyHistogram();
  const recentAckDelays = createLatencyHistogram();
  const complaints: string[] = [];
  const answered = (reportCount: number, answer: string) => {
    counts.sent += reportCount;
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  };
  return {
    get sentCount() {
      return counts.sent;
    },
    get acceptedCount() {
      return counts.accepted;
    },
    get duplicateCount() {
      return counts.duplicate;
    },
    get putOffCount() {
      return counts.putOff;
    },
    get rejectedCount() {
      return counts.rejected;
    },
    answers,
    ackDelays,
    recentAckDelays,
    complaints,
    acknowledged(reportCount, ack, answerMs) {
      answered(reportCount, '200');
      counts.accepted += ack.acceptedCount;
      counts.duplicate += ack.duplicateCount;
      ackDelays.add(answerMs);
      recentAckDelays.add(answerMs);
    },
    putOff(reportCount, answer) {
      answered(reportCount, answer);
      counts.putOff += reportCount;
    },
    rejected(reportCount, answer, complaint) {
      answered(reportCount, answer);
      counts.rejected += reportCount;
      if (complaints.length < keptComplaintCount) complaints.push(complaint);
    },
  };
}

/** A few lines that say how a run went. */
export function describeTally(tally: Tally, elapsedSeconds: number): string[] {
  const acked = tally.acceptedCount + tally.duplicateCount;
  const answers = [...tally.answers].map(([answer, count]) => `${answer}: ${count}`).join(', ');
  const delay = (ratio: number) => formatMs(tally.ackDelays.quantileMs(ratio));
  return [
    `  reports   ${tally.sentCount} sent, ${acked} acknowledged (${tally.acceptedCount} new, ${tally.duplicateCount} duplicates), ` +
      `${tally.putOffCount} put off, ${tally.rejectedCount} refused for good`,
    `  answers   ${answers || 'none'}`,
    `  delay     p50 ${delay(0.5)}, p99 ${delay(0.99)}, longest ${formatMs(tally.ackDelays.maxMs)}`,
    `  time      ${elapsedSeconds.toFixed(1)} s, ${(acked / Math.max(elapsedSeconds, 0.001)).toFixed(1)} acknowledged reports a second`,
  ];
}

export function formatMs(durationMs: number | undefined): string {
  return durationMs === undefined ? '–' : `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`;
}
