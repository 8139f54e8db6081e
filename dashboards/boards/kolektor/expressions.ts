/** The collector's own metrics: one collector, so the greatest is its word however often it is told. */
const own = (series: string): string => `max(${series})`;

export const isUp = 'max(up{job=~"pantau.*"})';
export const scrapeSeconds = 'max(scrape_duration_seconds{job=~"pantau.*"})';
export const scrapedSamples = 'max(scrape_samples_scraped{job=~"pantau.*"})';

const info = 'max by (version, pemda) (pantau_collector_info)';
export const runningSeconds = `${info} * (time() - scalar(${own('pantau_collector_process_start_time_seconds')}))`;
export const sinceJudging = `time() - ${own('pantau_judging_last_turn_timestamp_seconds')}`;
export const reloadSucceeded = own('pantau_config_last_reload_success');
export const sinceReload = `time() - ${own('pantau_config_last_reload_timestamp_seconds')}`;
export const storeWritable = own('pantau_store_writable');

export const agents = (state: string): string => own(`pantau_agents{state="${state}"}`);

const perMinute = (by: string, counter: string): string => `60 * max by (${by}) (rate(${counter}[$__rate_interval]))`;

export const reportsPerMinute = perMinute('outcome', 'pantau_reports_total');
export const refusedReports = `sum(max by (outcome) (increase(pantau_reports_total{outcome!~"accepted|duplicate"}[$__range]))) or ${own('pantau_collector_info')} * 0`;
export const pingsPerMinute = perMinute('outcome', 'pantau_pings_total');
/** Every agent that is behind holds reports that are not lost but late. */
export const spooledReports = 'sum(max by (pd, site, node) (pantau_node_spool_queued_reports))';
export const droppedReports =
  'sum(max by (pd, site, node) (increase(pantau_node_spool_dropped_reports_total[$__range])))';

export const alertsWaiting = own('pantau_alerts_waiting');
export const alertsGivenUp = own('pantau_alerts_given_up');
export const deliveries = 'max by (channel, outcome) (increase(pantau_alert_deliveries_total[$__rate_interval]))';

/** Without a new entry there is nothing to sign: an old checkpoint alone says nothing. */
export const sinceCheckpoint = `time() - ${own('pantau_ledger_last_checkpoint_timestamp_seconds')}`;
export const entriesPerMinute = `60 * ${own('rate(pantau_ledger_entries_total[$__rate_interval])')}`;
export const monthlyReports = (outcome: string): string =>
  own(`increase(pantau_monthly_reports_total{outcome="${outcome}"}[$__range])`);

export const storeBytes = own('pantau_store_size_bytes');
export const memoryBytes = own('pantau_collector_process_resident_memory_bytes');
export const heapBytes = own('pantau_collector_nodejs_heap_size_used_bytes');
export const cpuShare = own('rate(pantau_collector_process_cpu_seconds_total[$__rate_interval])');
export const eventLoopLag = own('pantau_collector_nodejs_eventloop_lag_p99_seconds');
export const eventLoopLagMax = own('pantau_collector_nodejs_eventloop_lag_max_seconds');

const perReceiver = (series: string): string => `max by (receiver) (${series})`;

export const pendingReports = perReceiver('pantau_remote_write_pending_reports');
export const queueBytes = perReceiver('pantau_remote_write_queue_bytes');
/** 0 is no time: nothing was taken yet. */
export const sinceDelivery = `time() - (${perReceiver('pantau_remote_write_last_success_timestamp_seconds')} > 0)`;
export const behindSeconds = `time() - ${perReceiver('pantau_remote_write_highest_sample_timestamp_seconds')}`;
export const writtenSamples = 'max by (receiver, outcome) (rate(pantau_remote_write_samples_total[$__rate_interval]))';
export const writeAnswers = perMinute('receiver, code', 'pantau_remote_write_requests_total');
