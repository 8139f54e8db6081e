import type { Report, ReportFilesystem } from '../../shared/report-schema.ts';
import type { AgentRow } from '../store/rows.ts';
import type { AgentFamily, Sample } from './family.ts';
import { firstOfEach, wellFormed, nodeLabelNames, nodeLabels } from './fleet-view.ts';

type Extra = { label?: string; value: number | undefined };

interface Told {
  name: string;
  /** `gauge` when absent. */
  type?: AgentFamily['type'];
  help: string;
  /** What tells the samples of one node apart. */
  label?: string;
  read(report: Report): Extra[];
}

/** A family with samples of every node that is heard; a silent node's last values are not shown as its present. */
export function freshFamily({ name, type = 'gauge', help, label, read }: Told): AgentFamily {
  const samplesOf = (row: AgentRow, report: Report): Sample[] => {
    const labels = nodeLabels(row);
    return read(report).flatMap(({ label: text, value }) => {
      if (value === undefined) return [];
      return [{ labels: label === undefined ? labels : [...labels, [label, text ?? ''] as const], value }];
    });
  };
  return {
    of: 'agent',
    group: 'node',
    name,
    type,
    labels: label === undefined ? nodeLabelNames : [...nodeLabelNames, label],
    help,
    samples: ({ row, present }, isFresh) => (present !== undefined && isFresh ? samplesOf(row, present.report) : []),
    history: ({ row, report }) => samplesOf(row, report),
  };
}

const one = (name: string, help: string, value: (report: Report) => number | undefined): AgentFamily =>
  freshFamily({ name, help, read: (report) => [{ value: value(report) }] });

const perFilesystem = (name: string, help: string, value: (row: ReportFilesystem) => number | undefined): AgentFamily =>
  freshFamily({
    name,
    help,
    label: 'mount',
    read: ({ filesystems = [] }) =>
      firstOfEach(filesystems, ({ mount }) => wellFormed(mount)).map((row) => ({
        label: wellFormed(row.mount),
        value: value(row),
      })),
  });

const nodeUp: AgentFamily = {
  of: 'agent',
  group: 'node',
  name: 'pantau_node_up',
  type: 'gauge',
  labels: nodeLabelNames,
  help: 'Whether the node is heard: 1 when its agent reports in time, NaN when nothing is known of it now.',
  samples: ({ row }, isFresh) => [{ labels: nodeLabels(row), value: isFresh ? 1 : Number.NaN }],
  history: ({ row }) => [{ labels: nodeLabels(row), value: 1 }],
};

/** Without history: it tells of the silent too, of whom nothing is written from reports. */
const nodeInfo: AgentFamily = {
  of: 'agent',
  group: 'node',
  name: 'pantau_node_info',
  type: 'gauge',
  labels: nodeLabelNames,
  help: 'A node whose agent is enrolled, whether it was ever heard or not; always 1.',
  samples: ({ row }) => [{ labels: nodeLabels(row), value: 1 }],
};

const lastReport: AgentFamily = {
  of: 'agent',
  group: 'node',
  name: 'pantau_node_last_report_timestamp_seconds',
  type: 'gauge',
  labels: nodeLabelNames,
  help: 'When the newest report of the node was taken, in seconds since the epoch.',
  samples: ({ row, present }) =>
    present === undefined ? [] : [{ labels: nodeLabels(row), value: present.takenAtMs / 1000 }],
  // No history: it goes on while the node is silent, and late reports do not change what was known at the time.
};

const clockOffset: AgentFamily = {
  of: 'agent',
  group: 'node',
  name: 'pantau_node_clock_offset_seconds',
  type: 'gauge',
  labels: nodeLabelNames,
  help: 'Clock of the collector minus clock of the node when its newest report was sent.',
  samples: ({ row, present }) =>
    present === undefined ? [] : [{ labels: nodeLabels(row), value: present.clockOffsetSeconds }],
};

export const nodeFamilies: readonly AgentFamily[] = [
  nodeUp,
  nodeInfo,
  lastReport,
  clockOffset,
  one(
    'pantau_node_report_interval_seconds',
    'How often the agent of the node reports.',
    (report) => report.intervalSeconds,
  ),
  one(
    'pantau_node_boot_timestamp_seconds',
    'When the node was started, in seconds since the epoch.',
    (report) => Date.parse(report.host.bootedAt) / 1000,
  ),
  one(
    'pantau_node_cpu_busy_ratio',
    'Share of processor time in use since the report before, 0 to 1.',
    (report) => report.cpu?.busyRatio,
  ),
  one('pantau_node_cpus', 'Processors of the node.', (report) => report.cpu?.count),
  one(
    'pantau_node_load1',
    'Load of the node: programs that ran or waited, as a mean over one minute.',
    (report) => report.cpu?.load1,
  ),
  one(
    'pantau_node_memory_available_bytes',
    'Memory that programs can still use.',
    (report) => report.memory?.availableBytes,
  ),
  one('pantau_node_memory_size_bytes', 'Memory of the node.', (report) => report.memory?.sizeBytes),
  one('pantau_node_swap_free_bytes', 'Swap space that is not in use.', (report) => report.memory?.swapFreeBytes),
  one('pantau_node_swap_size_bytes', 'Swap space of the node.', (report) => report.memory?.swapSizeBytes),
  perFilesystem(
    'pantau_node_filesystem_available_bytes',
    'Space that users can still fill.',
    (row) => row.availableBytes,
  ),
  perFilesystem('pantau_node_filesystem_size_bytes', 'Size of the filesystem.', (row) => row.sizeBytes),
  perFilesystem(
    'pantau_node_filesystem_read_only',
    'Whether the filesystem can only be read: 1 yes, 0 no.',
    ({ readOnly }) => (readOnly === undefined ? undefined : Number(readOnly)),
  ),
  one(
    'pantau_node_spool_queued_reports',
    'Reports that wait on the node to be sent.',
    (report) => report.spool.queuedCount,
  ),
  freshFamily({
    name: 'pantau_node_spool_dropped_reports_total',
    type: 'counter',
    help: 'Reports that the node had to throw away because its spool was full.',
    read: (report) => [{ value: report.spool.droppedCount }],
  }),
];
