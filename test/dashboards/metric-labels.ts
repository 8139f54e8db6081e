import { parse } from 'yaml';
import { families } from '../../collector/metrics/catalogue.ts';
import { readTexts } from '../architecture/source-files.ts';
import { checkExpression, type MetricLabels } from './promql/label-check.ts';

/** Of the collector's own metrics; prom-client tells the labels of a metric only with its first sample. */
export const ownLabels: Readonly<Record<string, readonly string[]>> = {
  pantau_collector_info: ['version', 'pemda'],
  pantau_agents: ['state'],
  pantau_reports_total: ['outcome'],
  pantau_pings_total: ['outcome'],
  pantau_alert_deliveries_total: ['channel', 'outcome'],
  pantau_alerts_waiting: [],
  pantau_alerts_given_up: [],
  pantau_monthly_reports_total: ['outcome'],
  pantau_ledger_entries_total: [],
  pantau_ledger_last_checkpoint_timestamp_seconds: [],
  pantau_store_size_bytes: [],
  pantau_store_writable: [],
  pantau_judging_last_turn_timestamp_seconds: [],
  pantau_config_last_reload_success: [],
  pantau_config_last_reload_timestamp_seconds: [],
  pantau_remote_write_samples_total: ['receiver', 'outcome'],
  pantau_remote_write_requests_total: ['receiver', 'code'],
  pantau_remote_write_queue_bytes: ['receiver'],
  pantau_remote_write_pending_reports: ['receiver'],
  pantau_remote_write_last_success_timestamp_seconds: ['receiver'],
  pantau_remote_write_highest_sample_timestamp_seconds: ['receiver'],
  pantau_collector_process_cpu_seconds_total: [],
  pantau_collector_process_resident_memory_bytes: [],
  pantau_collector_process_start_time_seconds: [],
  pantau_collector_nodejs_heap_size_used_bytes: [],
  pantau_collector_nodejs_eventloop_lag_p99_seconds: [],
  pantau_collector_nodejs_eventloop_lag_max_seconds: [],
};

/** What Prometheus makes of each scrape. */
const ofScrape: Readonly<Record<string, readonly string[]>> = {
  up: [],
  scrape_duration_seconds: [],
  scrape_samples_scraped: [],
};

/** Of the fleet's families, the collector's own metrics and the recording rules. */
export function metricLabels(): MetricLabels {
  const ofFamilies = families.map(({ name, labels }) => [name, labels] as const);
  const named = [...ofFamilies, ...Object.entries({ ...ownLabels, ...ofScrape })];
  const labels = new Map(named.map(([name, names]) => [name, new Set(names)]));
  // An alert that fires has the labels of what it is about.
  labels.set('ALERTS', new Set(['alertname', 'alertstate', ...[...labels.values()].flatMap((each) => [...each])]));
  for (const { record, expr, labels: given = {} } of prometheusRules()) {
    if (record === undefined) continue;
    labels.set(record, new Set([...checkExpression(expr, labels).labels, ...Object.keys(given)]));
  }
  return labels;
}

export interface PrometheusRule {
  record?: string;
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Every rule that is handed out, recording and alerting. */
export function prometheusRules(): PrometheusRule[] {
  return readTexts('dashboards/prometheus/rules', '.yml')
    .filter(({ path }) => !path.includes('/tests/'))
    .flatMap(({ text }) => (parse(text) as { groups: { rules: PrometheusRule[] }[] }).groups)
    .flatMap(({ rules }) => rules);
}
