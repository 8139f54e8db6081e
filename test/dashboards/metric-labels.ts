import { parse } from 'yaml';
import { readTexts } from '../architecture/source-files.ts';
import { checkExpression, type MetricLabels } from './promql/label-check.ts';

const node = ['pd', 'site', 'node'];
const link = [...node, 'layer', 'target', 'probe'];
const router = [...node, 'router'];

const labelsOfFamilies: Record<string, readonly string[]> = {};

const give = (labels: readonly string[], prefix: string, names: string): void => {
  for (const name of names.split(' ')) labelsOfFamilies[`${prefix}${name}`] = labels;
};

give(node, 'pantau_node_', 'up last_report_timestamp_seconds clock_offset_seconds boot_timestamp_seconds cpu_busy_ratio memory_available_bytes memory_size_bytes spool_queued_reports spool_dropped_reports_total load1 cpu_count swap_free_bytes swap_size_bytes report_interval_seconds'); // prettier-ignore
give([...node, 'mount'], 'pantau_node_', 'filesystem_available_bytes filesystem_size_bytes filesystem_read_only');
give([...node, 'interface'], 'pantau_interface_', 'receive_bytes_total transmit_bytes_total up speed_bytes_per_second receive_errors_total transmit_errors_total'); // prettier-ignore
give(link, 'pantau_link_', 'up round_trip_seconds loss_ratio unstable certificate_expiry_timestamp_seconds');
give(['pd', 'site', 'direction'], 'pantau_', 'link_approved_bytes_per_second site_traffic_p95_bytes_per_second');
give(node, 'pantau_path_', 'outside_intra');
give(router, 'pantau_router_', 'up boot_timestamp_seconds temperature_celsius voltage_volts');
give([...router, 'interface'], 'pantau_router_interface_', 'receive_bytes_total transmit_bytes_total receive_errors_total transmit_errors_total up wan speed_bytes_per_second'); // prettier-ignore
give(['pd', 'dataset'], 'pantau_backup_', 'last_success_timestamp_seconds last_arrival_timestamp_seconds last_restore_test_timestamp_seconds copies next_due_timestamp_seconds size_bytes proof_level last_claim_timestamp_seconds last_run_success grace_seconds demanded_proof_level overdue restore_test_period_seconds'); // prettier-ignore
give(['pd', 'dataset', 'name', 'schedule'], 'pantau_', 'dataset_info');
give(['pd', 'obligation', 'subject', 'regulation', 'pasal', 'status'], 'pantau_', 'obligation_status');
give(['regulation', 'obligation', 'pasal', 'ayat', 'huruf', 'title'], 'pantau_', 'obligation_info');
give(['pd', 'obligation', 'subject', 'grade'], 'pantau_', 'obligation_grade');
give(['pd', 'severity'], 'pantau_', 'incidents_open');
give(['pd', 'site', 'incident', 'kind', 'cause', 'owner', 'severity', 'state'], 'pantau_', 'incident_opened_timestamp_seconds'); // prettier-ignore
give(['vault', 'location'], 'pantau_vault_', 'last_scan_timestamp_seconds unowned_objects problems');
give(['pd', 'name', 'mandiri_tik'], 'pantau_', 'pd_info');
give(['pd', 'site', 'name', 'area', 'medium'], 'pantau_', 'site_info');
give(['version', 'pemda'], 'pantau_', 'collector_info');
give(['state'], 'pantau_', 'agents');
give(['outcome'], 'pantau_', 'reports_total pings_total');
give(['channel', 'outcome'], 'pantau_', 'alert_deliveries_total');
give([], 'pantau_', 'alerts_waiting alerts_given_up store_size_bytes store_writable judging_last_turn_timestamp_seconds config_last_reload_success config_last_reload_timestamp_seconds'); // prettier-ignore
give(['receiver', 'outcome'], 'pantau_remote_write_', 'samples_total');
give(['receiver', 'code'], 'pantau_remote_write_', 'requests_total');
give(['receiver'], 'pantau_remote_write_', 'queue_bytes pending_reports last_success_timestamp_seconds highest_sample_timestamp_seconds'); // prettier-ignore
give([], 'pantau_collector_', 'process_cpu_seconds_total process_resident_memory_bytes process_start_time_seconds process_open_fds process_max_fds nodejs_heap_size_used_bytes nodejs_eventloop_lag_seconds nodejs_eventloop_lag_p99_seconds nodejs_eventloop_lag_max_seconds'); // prettier-ignore

/** What Prometheus makes of each scrape. */
give([], '', 'up scrape_duration_seconds scrape_samples_scraped');

/** Of the fleet's families, the collector's own metrics and the recording rules. */
export function metricLabels(): MetricLabels {
  const labels = new Map(Object.entries(labelsOfFamilies).map(([name, names]) => [name, new Set(names)]));
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
