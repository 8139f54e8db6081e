import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  type MetricObject,
  type MetricObjectWithValues,
  Registry,
} from 'prom-client';
import type { Store } from '../store/store.ts';
import type { Sample } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import { type HealthMetrics, registerHealth } from './health-metrics.ts';
import { registerLedger } from './ledger-metrics.ts';
import { createRemoteWriteCounters, type RemoteWriteCounters } from './remote-write/counters.ts';

/** What prom-client counts under one name. */
export interface OwnFamily {
  name: string;
  type: 'counter' | 'gauge' | 'histogram' | 'summary';
  help: string;
  /** Those of a histogram have names of their own. */
  samples: (Sample & { name: string })[];
}

/** What is said of a metric before it has a sample. */
export interface DescribedMetric {
  name: string;
  type: string;
  help: string;
  labels: readonly string[];
}

/** The collector's own counters and process metrics; the fleet's are rendered without this library (DESIGN 5). */
export interface OwnMetrics {
  countReports(outcome: string, reportCount: number): void;
  countDelivery(channel: string, outcome: string): void;
  countPing(outcome: string): void;
  countDocument(outcome: 'made' | 'failed'): void;
  readonly remoteWrite: RemoteWriteCounters;
  /** From now on the page also tells how the collector is. */
  watch(view: () => FleetView): HealthMetrics;
  /** Every one of them, whether it has samples or not. */
  described(): DescribedMetric[];
  /** What stands on the page now. */
  families(): Promise<OwnFamily[]>;
  stop(): void;
}

export function createOwnMetrics(
  store: Pick<Store, 'outboxSummary' | 'history' | 'ledger' | 'checkWritable'>,
): OwnMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'pantau_collector_' });
  // Gauges that end in "_total" break the naming rules of Prometheus.
  for (const kind of ['handles', 'requests', 'resources']) {
    registry.removeSingleMetric(`pantau_collector_nodejs_active_${kind}_total`);
  }
  const reports = new Counter({
    name: 'pantau_reports_total',
    help: 'Reports by what became of them: accepted, duplicate, or the reason of the refusal.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  for (const outcome of ['accepted', 'duplicate']) reports.inc({ outcome }, 0);
  const pings = new Counter({
    name: 'pantau_pings_total',
    help: 'Calls of ping addresses by what they said: start, success, fail, log, or the reason of the refusal.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  for (const outcome of ['start', 'success', 'fail', 'log', 'unknown-address']) pings.inc({ outcome }, 0);
  const deliveries = new Counter({
    name: 'pantau_alert_deliveries_total',
    help: 'Attempts to tell somebody, by channel and outcome.',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  });
  const monthlyReports = new Counter({
    name: 'pantau_monthly_reports_total',
    help: 'Monthly reports that fell due, by what became of them: made or failed.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  for (const outcome of ['made', 'failed']) monthlyReports.inc({ outcome }, 0);
  registerStored(registry, store);
  registerLedger(registry, store);
  return {
    countReports: (outcome, reportCount) => reports.inc({ outcome }, reportCount),
    countDelivery: (channel, outcome) => deliveries.inc({ channel, outcome }),
    countPing: (outcome) => pings.inc({ outcome }),
    countDocument: (outcome) => monthlyReports.inc({ outcome }),
    remoteWrite: createRemoteWriteCounters(registry),
    watch: (view) => registerHealth(registry, store, view),
    described: () => registry.getMetricsAsArray().map(describedMetric),
    families: async () => (await registry.getMetricsAsJSON()).map(ownFamily),
    stop: () => registry.clear(),
  };
}

/** What the store knows of itself. */
function registerStored(registry: Registry, store: Pick<Store, 'outboxSummary' | 'history'>): void {
  new Gauge({
    name: 'pantau_alerts_waiting',
    help: 'Notices that wait to be delivered.',
    registers: [registry],
    async collect() {
      this.set((await store.outboxSummary()).pendingCount);
    },
  });
  new Gauge({
    name: 'pantau_alerts_given_up',
    help: 'Notices that nobody was told of: their channel refused them, or failed for too long.',
    registers: [registry],
    async collect() {
      this.set((await store.outboxSummary()).givenUpCount);
    },
  });
  new Gauge({
    name: 'pantau_store_size_bytes',
    help: 'Size of the database.',
    registers: [registry],
    async collect() {
      this.set(await store.history.sizeBytes());
    },
  });
}

/** The library's types do not tell of the names of the labels. */
function describedMetric(metric: MetricObject & { labelNames?: string[] }): DescribedMetric {
  const { name, help, type, labelNames = [] } = metric;
  return { name, type: String(type), help, labels: labelNames };
}

/** What the library's types do not tell: the samples of a histogram bring their own names. */
interface OwnValue {
  value: number;
  labels: Partial<Record<string, string | number>>;
  metricName?: string;
}

function ownFamily({ name, help, type, values }: MetricObjectWithValues<OwnValue>): OwnFamily {
  return {
    name,
    // The library says the word, its types a number.
    type: String(type) as OwnFamily['type'],
    help,
    samples: values.map(({ metricName, labels, value }) => ({
      name: metricName ?? name,
      labels: Object.entries(labels).map(([label, text]) => [label, String(text)] as const),
      value,
    })),
  };
}
