import { expect, it } from 'vitest';
import { fullWorld } from './full-world.test-kit.ts';
import { pageOf } from './page-of.test-kit.ts';

/** What users' boards and alerts rely on (DESIGN.md, section 6): names may be added, and are never renamed. */
const contract: Record<string, string[]> = {
  pantau_node_up: ['pd', 'site', 'node'],
  pantau_node_last_report_timestamp_seconds: ['pd', 'site', 'node'],
  pantau_node_boot_timestamp_seconds: ['pd', 'site', 'node'],
  pantau_node_cpu_busy_ratio: ['pd', 'site', 'node'],
  pantau_node_memory_available_bytes: ['pd', 'site', 'node'],
  pantau_node_memory_size_bytes: ['pd', 'site', 'node'],
  pantau_node_filesystem_available_bytes: ['pd', 'site', 'node', 'mount'],
  pantau_node_filesystem_size_bytes: ['pd', 'site', 'node', 'mount'],
  pantau_interface_receive_bytes_total: ['pd', 'site', 'node', 'interface'],
  pantau_interface_transmit_bytes_total: ['pd', 'site', 'node', 'interface'],
  pantau_interface_up: ['pd', 'site', 'node', 'interface'],
  pantau_link_up: ['pd', 'site', 'node', 'layer', 'target', 'probe'],
  pantau_link_round_trip_seconds: ['pd', 'site', 'node', 'layer', 'target', 'probe'],
  pantau_link_loss_ratio: ['pd', 'site', 'node', 'layer', 'target', 'probe'],
  pantau_link_approved_bytes_per_second: ['pd', 'site', 'direction'],
  pantau_backup_last_success_timestamp_seconds: ['pd', 'dataset'],
  pantau_backup_last_arrival_timestamp_seconds: ['pd', 'dataset'],
  pantau_backup_next_due_timestamp_seconds: ['pd', 'dataset'],
  pantau_backup_size_bytes: ['pd', 'dataset'],
  pantau_backup_proof_level: ['pd', 'dataset'],
  pantau_obligation_status: ['pd', 'obligation', 'subject', 'regulation', 'pasal', 'status'],
  pantau_incidents_open: ['pd', 'severity'],
  pantau_reports_total: ['outcome'],
  probe_success: ['pd', 'site', 'node', 'layer', 'target', 'probe'],
  probe_duration_seconds: ['pd', 'site', 'node', 'layer', 'target', 'probe'],
  probe_ssl_earliest_cert_expiry: ['pd', 'site', 'node', 'layer', 'target', 'probe'],
};

it('keeps the names and labels of the contract', async () => {
  const { bench } = await fullWorld();
  const lines = (await pageOf(bench, true)).split('\n');
  const found = Object.keys(contract).map((name) => {
    const line = lines.find((each) => each.startsWith(`${name}{`)) ?? '';
    return [name, [...line.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label)];
  });

  expect(Object.fromEntries(found)).toEqual(contract);
});
