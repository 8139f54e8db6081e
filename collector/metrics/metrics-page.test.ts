import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backup, probe, testAgent } from '../../test/kit/test-agent.ts';
import { measured, pageOf } from './page-of.test-kit.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const config = testConfig({ intervalSeconds: 60, datasets: [simpus], routerAddress: '10.20.1.1' });

/** The page as it would be if only one duty were judged: the list of duties is not this test's affair. */
const withDutiesOf = (duty: string, page: string) =>
  page
    .split('\n')
    .filter((line) => !/^pantau_obligation_\w+\{/.test(line) || line.includes(`obligation="${duty}"`))
    .join('\n');

/** The lines of our own families, without those about duties. */
const linesOf = (text: string, ...names: string[]) =>
  text.split('\n').filter((line) => names.some((name) => line.startsWith(`${name}{`)));

const own = 'pd="dinkes",site="kantor",node="server-1"';

describe('the metrics of the fleet', () => {
  it('show what the newest report of a node says', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    const probes = [probe('up', { name: 'lan', layer: 'lan', target: '192.168.1.1', roundTripSeconds: 0.001 })];
    const backups = [backup(startsAtMs - 3_600_000)];
    await bench.send(agent, [agent.report(startsAtMs, { ...measured, probes, backups })]);
    const page = withDutiesOf('lebong-19-1-pencadangan-berkala', await pageOf(bench));

    expect(page).toMatchInlineSnapshot(`
      "# HELP pantau_pd_info A department, its name, and whether it is a Perangkat Daerah Mandiri TIK; always 1.
      # TYPE pantau_pd_info gauge
      pantau_pd_info{pd="diskominfo",name="Dinas Komunikasi dan Informatika",mandiri_tik="false"} 1
      pantau_pd_info{pd="dinkes",name="Dinas Kesehatan",mandiri_tik="false"} 1
      # HELP pantau_site_info A site of a department, its name, its area, and what carries its WAN; always 1.
      # TYPE pantau_site_info gauge
      pantau_site_info{pd="diskominfo",site="pusat-data",name="pusat-data",area="",medium=""} 1
      pantau_site_info{pd="dinkes",site="kantor",name="kantor",area="",medium=""} 1
      # HELP pantau_dataset_info Something that a department must back up, its name, and when (cron); always 1.
      # TYPE pantau_dataset_info gauge
      pantau_dataset_info{pd="dinkes",dataset="simpus",name="simpus",schedule="0 1 * * *"} 1
      # HELP pantau_node_up Whether the node is heard: 1 when its agent reports in time, NaN when nothing is known of it now.
      # TYPE pantau_node_up gauge
      pantau_node_up{pd="dinkes",site="kantor",node="server-1"} 1
      # HELP pantau_node_info A node whose agent is enrolled, whether it was ever heard or not; always 1.
      # TYPE pantau_node_info gauge
      pantau_node_info{pd="dinkes",site="kantor",node="server-1"} 1
      # HELP pantau_node_last_report_timestamp_seconds When the newest report of the node was taken, in seconds since the epoch.
      # TYPE pantau_node_last_report_timestamp_seconds gauge
      pantau_node_last_report_timestamp_seconds{pd="dinkes",site="kantor",node="server-1"} 1795316400
      # HELP pantau_node_clock_offset_seconds Clock of the collector minus clock of the node when its newest report was sent.
      # TYPE pantau_node_clock_offset_seconds gauge
      pantau_node_clock_offset_seconds{pd="dinkes",site="kantor",node="server-1"} 0
      # HELP pantau_node_report_interval_seconds How often the agent of the node reports.
      # TYPE pantau_node_report_interval_seconds gauge
      pantau_node_report_interval_seconds{pd="dinkes",site="kantor",node="server-1"} 60
      # HELP pantau_node_boot_timestamp_seconds When the node was started, in seconds since the epoch.
      # TYPE pantau_node_boot_timestamp_seconds gauge
      pantau_node_boot_timestamp_seconds{pd="dinkes",site="kantor",node="server-1"} 1793491200
      # HELP pantau_node_cpu_busy_ratio Share of processor time in use since the report before, 0 to 1.
      # TYPE pantau_node_cpu_busy_ratio gauge
      pantau_node_cpu_busy_ratio{pd="dinkes",site="kantor",node="server-1"} 0.25
      # HELP pantau_node_cpus Processors of the node.
      # TYPE pantau_node_cpus gauge
      pantau_node_cpus{pd="dinkes",site="kantor",node="server-1"} 2
      # HELP pantau_node_load1 Load of the node: programs that ran or waited, as a mean over one minute.
      # TYPE pantau_node_load1 gauge
      pantau_node_load1{pd="dinkes",site="kantor",node="server-1"} 0.5
      # HELP pantau_node_memory_available_bytes Memory that programs can still use.
      # TYPE pantau_node_memory_available_bytes gauge
      pantau_node_memory_available_bytes{pd="dinkes",site="kantor",node="server-1"} 400
      # HELP pantau_node_memory_size_bytes Memory of the node.
      # TYPE pantau_node_memory_size_bytes gauge
      pantau_node_memory_size_bytes{pd="dinkes",site="kantor",node="server-1"} 1000
      # HELP pantau_node_swap_free_bytes Swap space that is not in use.
      # TYPE pantau_node_swap_free_bytes gauge
      pantau_node_swap_free_bytes{pd="dinkes",site="kantor",node="server-1"} 0
      # HELP pantau_node_swap_size_bytes Swap space of the node.
      # TYPE pantau_node_swap_size_bytes gauge
      pantau_node_swap_size_bytes{pd="dinkes",site="kantor",node="server-1"} 0
      # HELP pantau_node_filesystem_available_bytes Space that users can still fill.
      # TYPE pantau_node_filesystem_available_bytes gauge
      pantau_node_filesystem_available_bytes{pd="dinkes",site="kantor",node="server-1",mount="/"} 3000
      # HELP pantau_node_filesystem_size_bytes Size of the filesystem.
      # TYPE pantau_node_filesystem_size_bytes gauge
      pantau_node_filesystem_size_bytes{pd="dinkes",site="kantor",node="server-1",mount="/"} 5000
      # HELP pantau_node_spool_queued_reports Reports that wait on the node to be sent.
      # TYPE pantau_node_spool_queued_reports gauge
      pantau_node_spool_queued_reports{pd="dinkes",site="kantor",node="server-1"} 0
      # HELP pantau_node_spool_dropped_reports_total Reports that the node had to throw away because its spool was full.
      # TYPE pantau_node_spool_dropped_reports_total counter
      pantau_node_spool_dropped_reports_total{pd="dinkes",site="kantor",node="server-1"} 0
      # HELP pantau_interface_receive_bytes_total Bytes received since the node was started.
      # TYPE pantau_interface_receive_bytes_total counter
      pantau_interface_receive_bytes_total{pd="dinkes",site="kantor",node="server-1",interface="eth0"} 9007199254740991
      pantau_interface_receive_bytes_total{pd="dinkes",site="kantor",node="server-1",interface="eth1"} 0
      # HELP pantau_interface_transmit_bytes_total Bytes sent since the node was started.
      # TYPE pantau_interface_transmit_bytes_total counter
      pantau_interface_transmit_bytes_total{pd="dinkes",site="kantor",node="server-1",interface="eth0"} 7
      pantau_interface_transmit_bytes_total{pd="dinkes",site="kantor",node="server-1",interface="eth1"} 0
      # HELP pantau_interface_up Whether the interface has a carrier: 1 yes, 0 no.
      # TYPE pantau_interface_up gauge
      pantau_interface_up{pd="dinkes",site="kantor",node="server-1",interface="eth0"} 1
      pantau_interface_up{pd="dinkes",site="kantor",node="server-1",interface="eth1"} 0
      # HELP pantau_link_up Whether the link works: 1 yes, 0 no, NaN when it is not known.
      # TYPE pantau_link_up gauge
      pantau_link_up{pd="dinkes",site="kantor",node="server-1",layer="lan",target="192.168.1.1",probe="lan"} 1
      # HELP pantau_link_round_trip_seconds Mean round trip of the last round.
      # TYPE pantau_link_round_trip_seconds gauge
      pantau_link_round_trip_seconds{pd="dinkes",site="kantor",node="server-1",layer="lan",target="192.168.1.1",probe="lan"} 0.001
      # HELP pantau_link_loss_ratio Share of the packets of the last round that were lost, 0 to 1.
      # TYPE pantau_link_loss_ratio gauge
      pantau_link_loss_ratio{pd="dinkes",site="kantor",node="server-1",layer="lan",target="192.168.1.1",probe="lan"} 0
      # HELP pantau_link_unstable Whether the link comes and goes: 1 yes, 0 no, NaN when nothing is known of it now.
      # TYPE pantau_link_unstable gauge
      pantau_link_unstable{pd="dinkes",site="kantor",node="server-1",layer="lan",target="192.168.1.1",probe="lan"} 0
      # HELP pantau_backup_grace_seconds How long after its due time a backup may still come.
      # TYPE pantau_backup_grace_seconds gauge
      pantau_backup_grace_seconds{pd="dinkes",dataset="simpus"} 21600
      # HELP pantau_backup_last_claim_timestamp_seconds When the newest backup was completed by the word of the department, in seconds since the epoch.
      # TYPE pantau_backup_last_claim_timestamp_seconds gauge
      pantau_backup_last_claim_timestamp_seconds{pd="dinkes",dataset="simpus"} 1795312800
      # HELP pantau_backup_last_success_timestamp_seconds When the last good backup was completed, in seconds since the epoch.
      # TYPE pantau_backup_last_success_timestamp_seconds gauge
      pantau_backup_last_success_timestamp_seconds{pd="dinkes",dataset="simpus"} 1795312800
      # HELP pantau_backup_last_run_success What the newest run said of itself: 1 it made a backup, perhaps with warnings, 0 it failed.
      # TYPE pantau_backup_last_run_success gauge
      pantau_backup_last_run_success{pd="dinkes",dataset="simpus"} 1
      # HELP pantau_backup_next_due_timestamp_seconds When the next backup is due, without grace, in seconds since the epoch.
      # TYPE pantau_backup_next_due_timestamp_seconds gauge
      pantau_backup_next_due_timestamp_seconds{pd="dinkes",dataset="simpus"} 1795370400
      # HELP pantau_backup_overdue Whether due time and grace are over without a good backup, also where a waiver excuses it: 1 yes, 0 no, NaN when it is not known.
      # TYPE pantau_backup_overdue gauge
      pantau_backup_overdue{pd="dinkes",dataset="simpus"} 0
      # HELP pantau_backup_size_bytes Size of the last good backup.
      # TYPE pantau_backup_size_bytes gauge
      pantau_backup_size_bytes{pd="dinkes",dataset="simpus"} 4096
      # HELP pantau_backup_proof_level How far the last backup is proven: 0 none, 1 claimed, 2 arrived, 3 intact, 4 restorable.
      # TYPE pantau_backup_proof_level gauge
      pantau_backup_proof_level{pd="dinkes",dataset="simpus"} 1
      # HELP pantau_backup_demanded_proof_level How far a backup must be proven: 1 claimed, 2 arrived, 3 intact, 4 restorable.
      # TYPE pantau_backup_demanded_proof_level gauge
      pantau_backup_demanded_proof_level{pd="dinkes",dataset="simpus"} 1
      # HELP pantau_obligation_status The verdict on a duty: 1 for the status that holds, 0 for the others.
      # TYPE pantau_obligation_status gauge
      pantau_obligation_status{pd="diskominfo",obligation="lebong-19-1-pencadangan-berkala",subject="",regulation="lebong-perbup-22-2022",pasal="19",status="compliant"} 0
      pantau_obligation_status{pd="diskominfo",obligation="lebong-19-1-pencadangan-berkala",subject="",regulation="lebong-perbup-22-2022",pasal="19",status="breached"} 0
      pantau_obligation_status{pd="diskominfo",obligation="lebong-19-1-pencadangan-berkala",subject="",regulation="lebong-perbup-22-2022",pasal="19",status="no-evidence"} 1
      pantau_obligation_status{pd="diskominfo",obligation="lebong-19-1-pencadangan-berkala",subject="",regulation="lebong-perbup-22-2022",pasal="19",status="not-applicable"} 0
      pantau_obligation_status{pd="diskominfo",obligation="lebong-19-1-pencadangan-berkala",subject="",regulation="lebong-perbup-22-2022",pasal="19",status="waived"} 0
      pantau_obligation_status{pd="dinkes",obligation="lebong-19-1-pencadangan-berkala",subject="simpus",regulation="lebong-perbup-22-2022",pasal="19",status="compliant"} 1
      pantau_obligation_status{pd="dinkes",obligation="lebong-19-1-pencadangan-berkala",subject="simpus",regulation="lebong-perbup-22-2022",pasal="19",status="breached"} 0
      pantau_obligation_status{pd="dinkes",obligation="lebong-19-1-pencadangan-berkala",subject="simpus",regulation="lebong-perbup-22-2022",pasal="19",status="no-evidence"} 0
      pantau_obligation_status{pd="dinkes",obligation="lebong-19-1-pencadangan-berkala",subject="simpus",regulation="lebong-perbup-22-2022",pasal="19",status="not-applicable"} 0
      pantau_obligation_status{pd="dinkes",obligation="lebong-19-1-pencadangan-berkala",subject="simpus",regulation="lebong-perbup-22-2022",pasal="19",status="waived"} 0
      # HELP pantau_obligation_info A duty that is judged, where the regulation lays it down, and its title in the Pemda's language; always 1.
      # TYPE pantau_obligation_info gauge
      pantau_obligation_info{regulation="lebong-perbup-22-2022",obligation="lebong-19-1-pencadangan-berkala",pasal="19",ayat="1",huruf="",title="Pencadangan data secara berkala ke Pusat Data"} 1
      # HELP pantau_incidents_open Incidents that are not resolved.
      # TYPE pantau_incidents_open gauge
      pantau_incidents_open{pd="diskominfo",severity="critical"} 0
      pantau_incidents_open{pd="diskominfo",severity="warning"} 0
      pantau_incidents_open{pd="diskominfo",severity="info"} 0
      pantau_incidents_open{pd="dinkes",severity="critical"} 0
      pantau_incidents_open{pd="dinkes",severity="warning"} 0
      pantau_incidents_open{pd="dinkes",severity="info"} 0
      # HELP probe_success Whether the last round of the probe succeeded: 1 yes, 0 no.
      # TYPE probe_success gauge
      probe_success{pd="dinkes",site="kantor",node="server-1",layer="lan",target="192.168.1.1",probe="lan"} 1
      # HELP probe_icmp_duration_seconds Round trip of the pings of the last round, as a mean.
      # TYPE probe_icmp_duration_seconds gauge
      probe_icmp_duration_seconds{pd="dinkes",site="kantor",node="server-1",layer="lan",target="192.168.1.1",probe="lan",phase="rtt"} 0.001
      "
    `);
  });

  it('do not show the last values of a silent node as its present', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [
      agent.report(startsAtMs, { ...measured, probes: [probe('up', { roundTripSeconds: 0.1 })] }),
    ]);
    await bench.pass(151_000);
    const page = await pageOf(bench);

    expect(linesOf(page, 'pantau_node_up', 'pantau_link_up')).toEqual([
      `pantau_node_up{${own}} NaN`,
      `pantau_link_up{${own},layer="wan",target="10.20.0.1",probe="wan"} NaN`,
    ]);
    expect(linesOf(page, 'pantau_node_last_report_timestamp_seconds')).toEqual([
      `pantau_node_last_report_timestamp_seconds{${own}} ${startsAtMs / 1000}`,
    ]);
    expect(page).not.toMatch(/memory|filesystem|interface|busy|round_trip|loss|boot|spool/);
  });

  it('say NaN of a node that was enrolled and has never been heard', async () => {
    const bench = await judgingBench({ config, agents: [testAgent()], startsAtMs });

    expect(linesOf(await pageOf(bench), 'pantau_node_up', 'pantau_node_last_report_timestamp_seconds')).toEqual([
      `pantau_node_up{${own}} NaN`,
    ]);
  });

  it('leave out what a report could not measure', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs)]);

    expect(await pageOf(bench)).not.toMatch(/memory|filesystem|interface|busy/);
  });

  it('tell when a certificate ends and whether a link comes and goes', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    const certificate = {
      notAfter: '2027-01-01T00:00:00Z',
      subject: 'CN=spl',
      issuer: 'CN=ca',
      fingerprint: 'a'.repeat(64),
      trust: 'trusted',
    };
    const probes = [probe('up', { name: 'spl/spl', kind: 'tls', layer: 'spl', target: 'spl', certificate })];
    await bench.send(agent, [agent.report(startsAtMs, { probes })]);
    const lines = linesOf(
      await pageOf(bench),
      'pantau_link_unstable',
      'pantau_link_certificate_expiry_timestamp_seconds',
    );

    expect(lines.map((line) => line.replace(/\{.*\}/, ''))).toEqual([
      'pantau_link_unstable 0',
      'pantau_link_certificate_expiry_timestamp_seconds 1798761600',
    ]);
  });

  it('keep the links of a silent node in sight, unknown', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs, { probes: [probe('up')] })]);
    await bench.pass(600_000);
    const lines = linesOf(await pageOf(bench), 'pantau_link_up', 'pantau_link_unstable', 'pantau_link_loss_ratio');

    expect(lines.map((line) => line.replace(/\{.*\}/, ''))).toEqual(['pantau_link_up NaN', 'pantau_link_unstable NaN']);
  });

  it('know three states of a link', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    for (let round = 0; round < 3; round += 1) {
      const probes = (['up', 'down', 'unknown'] as const).map((state) =>
        probe(state, {
          name: state,
          target: state,
          sentCount: state === 'unknown' ? 0 : 4,
          receivedCount: state === 'up' ? 3 : 0,
        }),
      );
      // The way to a target is no link: it stands beside the probe that measures it.
      probes.push(probe('down', { name: 'path', kind: 'path', target: 'up', sentCount: 1, receivedCount: 0 }));
      await bench.send(agent, [agent.report(bench.clock.nowMs(), { probes })]);
      await bench.pass(60_000);
    }
    const page = await pageOf(bench);

    expect(linesOf(page, 'pantau_link_up', 'pantau_link_loss_ratio').map((line) => line.replace(own, ''))).toEqual([
      'pantau_link_up{,layer="wan",target="up",probe="up"} 1',
      'pantau_link_up{,layer="wan",target="down",probe="down"} 0',
      'pantau_link_up{,layer="wan",target="unknown",probe="unknown"} NaN',
      'pantau_link_loss_ratio{,layer="wan",target="up",probe="up"} 0.25',
      'pantau_link_loss_ratio{,layer="wan",target="down",probe="down"} 1',
    ]);
  });
});
