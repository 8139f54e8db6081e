import { Counter, Gauge, type Registry } from 'prom-client';

/** What remote write tells of itself; `receiver` is the id in the configuration. */
export interface RemoteWriteCounters {
  /** A receiver is written to: it is shown from now on, as one that has taken nothing yet. */
  begin(receiver: string): void;
  /** `retried` counts each attempt that is to be repeated, so one sample may be in it often. */
  samples(receiver: string, outcome: 'sent' | 'retried' | 'dropped', sampleCount: number): void;
  request(receiver: string, code: string): void;
  /** A request was taken. */
  taken(receiver: string, times: { nowMs: number; highestMs: number }): void;
  /** Messages of agents that were pruned before they were sent. */
  expired(receiver: string, messageCount: number): void;
  waiting(receiver: string, what: { queueBytes: number; pendingCount: number }): void;
  /** A receiver is no longer written to. */
  forget(receiver: string): void;
}

const outcomes = ['sent', 'retried', 'dropped'] as const;

export function createRemoteWriteCounters(registry: Registry): RemoteWriteCounters {
  const registers = [registry];
  const samples = new Counter({
    name: 'pantau_remote_write_samples_total',
    help: 'Samples by what became of them: sent, retried (once for each attempt that failed), or dropped.',
    labelNames: ['receiver', 'outcome'],
    registers,
  });
  const requests = new Counter({
    name: 'pantau_remote_write_requests_total',
    help: 'Requests to the receiver by HTTP status, or by what kept them from getting one.',
    labelNames: ['receiver', 'code'],
    registers,
  });
  const expired = new Counter({
    name: 'pantau_remote_write_expired_reports_total',
    help: 'Messages of agents that were older than retention.raw before the receiver could be reached.',
    labelNames: ['receiver'],
    registers,
  });
  const gauges = createGauges(registers);
  /** What was counted of each receiver, to be taken back with it. */
  const codesOf = new Map<string, Set<string>>();
  return {
    begin(receiver) {
      for (const outcome of outcomes) samples.inc({ receiver, outcome }, 0);
      expired.inc({ receiver }, 0);
      gauges.begin(receiver);
    },
    samples: (receiver, outcome, sampleCount) => samples.inc({ receiver, outcome }, sampleCount),
    request(receiver, code) {
      codesOf.set(receiver, (codesOf.get(receiver) ?? new Set()).add(code));
      requests.inc({ receiver, code });
    },
    taken(receiver, { nowMs, highestMs }) {
      gauges.lastSuccess.set({ receiver }, nowMs / 1000);
      if (highestMs > 0) gauges.raiseHighest(receiver, highestMs / 1000);
    },
    expired: (receiver, messageCount) => expired.inc({ receiver }, messageCount),
    waiting(receiver, { queueBytes, pendingCount }) {
      gauges.queueBytes.set({ receiver }, queueBytes);
      gauges.pending.set({ receiver }, pendingCount);
    },
    forget(receiver) {
      for (const outcome of outcomes) samples.remove({ receiver, outcome });
      for (const code of codesOf.get(receiver) ?? []) requests.remove({ receiver, code });
      expired.remove({ receiver });
      codesOf.delete(receiver);
      gauges.forget(receiver);
    },
  };
}

function createGauges(registers: Registry[]) {
  const labelNames = ['receiver'] as const;
  const highest = new Map<string, number>();
  const queueBytes = new Gauge({
    name: 'pantau_remote_write_queue_bytes',
    help: 'Snapshots that wait on disk for the receiver.',
    labelNames,
    registers,
  });
  const pending = new Gauge({
    name: 'pantau_remote_write_pending_reports',
    help: 'Messages of agents (one report, or a batch after an outage) that the receiver has not got yet.',
    labelNames,
    registers,
  });
  const lastSuccess = new Gauge({
    name: 'pantau_remote_write_last_success_timestamp_seconds',
    help: 'When the receiver took something last; 0 when it has not yet since the collector was started.',
    labelNames,
    registers,
  });
  const highestSample = new Gauge({
    name: 'pantau_remote_write_highest_sample_timestamp_seconds',
    help: 'Time of the newest sample that the receiver took.',
    labelNames,
    registers,
  });
  return {
    queueBytes,
    pending,
    lastSuccess,
    begin(receiver: string): void {
      for (const gauge of [queueBytes, pending, lastSuccess]) gauge.inc({ receiver }, 0);
    },
    raiseHighest(receiver: string, atSeconds: number): void {
      const value = Math.max(highest.get(receiver) ?? 0, atSeconds);
      highest.set(receiver, value);
      highestSample.set({ receiver }, value);
    },
    forget(receiver: string): void {
      highest.delete(receiver);
      for (const gauge of [queueBytes, pending, lastSuccess, highestSample]) gauge.remove({ receiver });
    },
  };
}
