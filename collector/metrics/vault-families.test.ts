import { expect, it, vi } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { arrival, backup, holding, restoreTest, testAgent, vaultScan } from '../../test/kit/test-agent.ts';
import { metricsPage } from './metrics-page.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const dataset = { id: 'simpus', proof: 'arrived', source: { kind: 'files', path: '/x/*' } };
const config = testConfig({
  intervalSeconds: 60,
  datasets: [dataset],
  vaults: [{ id: 'brankas', root: '/srv/vault' }],
  drcVaults: [{ id: 'jauh', root: '/srv/vault' }],
});

it('shows what readers see, and nothing of a vault that nobody has read', async () => {
  const agent = testAgent({ key: 1 });
  const reader = testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'pembaca', roles: ['vault'] });
  const { fleet, judging, send } = await judgingBench({ config, agents: [agent, reader], startsAtMs });
  const [madeAtMs, cameAtMs] = [startsAtMs - 7_200_000, startsAtMs - 3_600_000];
  const backups = [backup(madeAtMs, { objectName: 'a.tar' })];
  await send(agent, [agent.report(startsAtMs, { backups, restoreTests: [restoreTest(startsAtMs - 60_000)] })]);
  const seen = {
    arrivals: [arrival(cameAtMs, { objectName: 'a.tar' })],
    holdings: [holding({ copyCount: 5 })],
    vaultScans: [vaultScan(startsAtMs, { unownedCount: 2, unowned: ['lost', 'found'] })],
  };
  await send(reader, [reader.report(startsAtMs, seen)]);
  vi.useRealTimers();
  const own = { families: async () => [], stop: () => {} };
  let text = '';
  for await (const chunk of metricsPage({ config, fleet, judging, nowMs: startsAtMs }, own)) text += chunk;
  const lines = text.split('\n').filter((line) => /^pantau_(vault|backup)_/.test(line));

  expect(lines).toEqual([
    'pantau_backup_grace_seconds{pd="dinkes",dataset="simpus"} 21600',
    `pantau_backup_last_claim_timestamp_seconds{pd="dinkes",dataset="simpus"} ${madeAtMs / 1000}`,
    `pantau_backup_last_success_timestamp_seconds{pd="dinkes",dataset="simpus"} ${madeAtMs / 1000}`,
    `pantau_backup_last_arrival_timestamp_seconds{pd="dinkes",dataset="simpus"} ${cameAtMs / 1000}`,
    `pantau_backup_last_restore_test_timestamp_seconds{pd="dinkes",dataset="simpus"} ${startsAtMs / 1000 - 60}`,
    'pantau_backup_last_run_success{pd="dinkes",dataset="simpus"} 1',
    'pantau_backup_copies{pd="dinkes",dataset="simpus"} 5',
    'pantau_backup_next_due_timestamp_seconds{pd="dinkes",dataset="simpus"} 1795370400',
    'pantau_backup_overdue{pd="dinkes",dataset="simpus"} 0',
    'pantau_backup_size_bytes{pd="dinkes",dataset="simpus"} 4096',
    'pantau_backup_proof_level{pd="dinkes",dataset="simpus"} 4',
    'pantau_backup_demanded_proof_level{pd="dinkes",dataset="simpus"} 2',
    `pantau_vault_last_scan_timestamp_seconds{vault="brankas",location="pusat-data"} ${startsAtMs / 1000}`,
    'pantau_vault_unowned_objects{vault="brankas",location="pusat-data"} 2',
    'pantau_vault_problems{vault="brankas",location="pusat-data"} 0',
  ]);
});
