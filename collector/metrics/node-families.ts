import type { Report } from '../../shared/report-schema.ts';
import type { AgentRow } from '../store/rows.ts';
import type { AgentFamily, Sample } from './family.ts';
import { type Labels, nodeLabels } from './fleet-view.ts';

type Extra = { labels: Labels; value: number | undefined };

/** A family with samples of every node that is heard; a silent node's last values are not shown as its present. */
function freshFamily(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  read: (report: Report) => Extra[],
): AgentFamily {
  const samplesOf = (row: AgentRow, report: Report): Sample[] => {
    const labels = nodeLabels(row);
    return read(report).flatMap((extra) =>
      extra.value === undefined ? [] : [{ labels: [...labels, ...extra.labels], value: extra.value }],
    );
  };
  return {
    of: 'agent',
    group: 'node',
    name,
    type,
    help,
    samples: ({ row, present }, isFresh) => (present !== undefined && isFresh ? samplesOf(row, present.report) : []),
    history: ({ row, report }) => samplesOf(row, report),
  };
}

const one = (value: number | undefined): Extra[] => [{ labels: [], value }];

const perFilesystem = (report: Report, value: (row: NonNullable<Report['filesystems']>[number]) => number): Extra[] =>
  (report.filesystems ?? []).map((row) => ({ labels: [['mount', row.mount]], value: value(row) }));

const perInterface = (
  report: Report,
  value: (row: NonNullable<Report['interfaces']>[number]) => number | undefined,
): Extra[] => (report.interfaces ?? []).map((row) => ({ labels: [['interface', row.name]], value: value(row) }));

const nodeUp: AgentFamily = {
  of: 'agent',
  group: 'node',
  name: 'pantau_node_up',
  type: 'gauge',
  help: 'Whether the node is heard: 1 when its agent reports in time, NaN when nothing is known of it now.',
  samples: ({ row }, isFresh) => [{ labels: nodeLabels(row), value: isFresh ? 1 : Number.NaN }],
  history: ({ row }) => [{ labels: nodeLabels(row), value: 1 }],
};

const lastReport: AgentFamily = {
  of: 'agent',
  group: 'node',
  name: 'pantau_node_last_report_timestamp_seconds',
  type: 'gauge',
  help: 'When the newest report of the node was taken, in seconds since the epoch.',
  samples: ({ row, present }) =>
    present === undefined ? [] : [{ labels: nodeLabels(row), value: present.takenAtMs / 1000 }],
  history: ({ row, takenAtMs }) => [{ labels: nodeLabels(row), value: takenAtMs / 1000 }],
};

const clockOffset: AgentFamily = {
  of: 'agent',
  group: 'node',
  name: 'pantau_node_clock_offset_seconds',
  type: 'gauge',
  help: 'Clock of the collector minus clock of the node when its newest report was sent.',
  samples: ({ row, present }) =>
    present === undefined ? [] : [{ labels: nodeLabels(row), value: present.clockOffsetSeconds }],
};

export const nodeFamilies: readonly AgentFamily[] = [
  nodeUp,
  lastReport,
  clockOffset,
  freshFamily('pantau_node_boot_timestamp_seconds', 'gauge', 'When the node was started.', (report) =>
    one(Date.parse(report.host.bootedAt) / 1000),
  ),
  freshFamily(
    'pantau_node_cpu_busy_ratio',
    'gauge',
    'Share of processor time in use since the report before.',
    (report) => one(report.cpu?.busyRatio),
  ),
  freshFamily('pantau_node_memory_available_bytes', 'gauge', 'Memory that programs can still use.', (report) =>
    one(report.memory?.availableBytes),
  ),
  freshFamily('pantau_node_memory_size_bytes', 'gauge', 'Memory of the node.', (report) =>
    one(report.memory?.sizeBytes),
  ),
  freshFamily('pantau_node_filesystem_available_bytes', 'gauge', 'Space that users can still fill.', (report) =>
    perFilesystem(report, (row) => row.availableBytes),
  ),
  freshFamily('pantau_node_filesystem_size_bytes', 'gauge', 'Size of the filesystem.', (report) =>
    perFilesystem(report, (row) => row.sizeBytes),
  ),
  freshFamily(
    'pantau_interface_receive_bytes_total',
    'counter',
    'Bytes received since the node was started.',
    (report) => perInterface(report, (row) => row.receiveBytes),
  ),
  freshFamily('pantau_interface_transmit_bytes_total', 'counter', 'Bytes sent since the node was started.', (report) =>
    perInterface(report, (row) => row.transmitBytes),
  ),
  freshFamily('pantau_interface_up', 'gauge', 'Whether the interface has a carrier: 1 yes, 0 no.', (report) =>
    perInterface(report, (row) => (row.up ? 1 : 0)),
  ),
  freshFamily('pantau_node_spool_queued_reports', 'gauge', 'Reports that wait on the node to be sent.', (report) =>
    one(report.spool.queuedCount),
  ),
  freshFamily(
    'pantau_node_spool_dropped_reports_total',
    'counter',
    'Reports that the node had to throw away.',
    (report) => one(report.spool.droppedCount),
  ),
];
