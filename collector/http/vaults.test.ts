import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { appStartsAtMs, serve } from '../../test/kit/served-app.ts';
import { restoreTest, testAgent, vaultScan } from '../../test/kit/test-agent.ts';

const config = testConfig({
  intervalSeconds: 60,
  datasets: [{ id: 'simpus', source: { kind: 'files', path: '/x/*' } }],
  vaults: [{ id: 'brankas', root: '/srv/brankas' }],
  drcVaults: [{ id: 'jauh', root: '/srv/jauh' }],
});
const reader = testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', node: 'brankas-1', roles: ['vault'] });
const agent = testAgent({ key: 2 });

async function served() {
  const bench = await judgingBench({ config, agents: [reader, agent], startsAtMs: appStartsAtMs });
  const scan = vaultScan(appStartsAtMs - 60_000, {
    entryCount: 200_000,
    unownedCount: 65,
    unowned: ['tak bertuan/a.tar'],
    problemCount: 1,
    problems: [{ path: 'dinkes/simpus/pipa', reason: 'neither a file nor a folder' }],
  });
  await bench.send(reader, [reader.report(appStartsAtMs, { vaultScans: [scan] })]);
  const restoreTests = [
    restoreTest(appStartsAtMs - 3_600_000, { fileCount: 12, checks: ['12 files have the sizes of the snapshot'] }),
    restoreTest(appStartsAtMs - 60_000, { outcome: 'failed', reason: 'pg_restore ended with exit code 1' }),
  ];
  await bench.send(agent, [agent.report(appStartsAtMs, { restoreTests })]);
  const { get } = await serve(bench);
  return async (path: string) => ((await (await get(`/api/v1/${path}`)).json()) as { items: unknown[] }).items;
}

describe('what the API tells of vaults and restore tests', () => {
  it('is each configured vault, with what its reader passed over, and nothing where none has read', async () => {
    const items = await served();

    expect(await items('vaults')).toEqual([
      {
        vault: 'brankas',
        location: 'pusat-data',
        scannedAt: '2026-11-22T09:59:00.000+07:00',
        outcome: 'ok',
        reason: null,
        entryCount: 200_000,
        unownedCount: 65,
        unowned: ['tak bertuan/a.tar'],
        problemCount: 1,
        problems: [{ path: 'dinkes/simpus/pipa', reason: 'neither a file nor a folder' }],
      },
      {
        vault: 'jauh',
        location: 'drc',
        scannedAt: null,
        outcome: null,
        reason: null,
        entryCount: null,
        unownedCount: null,
        unowned: [],
        problemCount: null,
        problems: [],
      },
    ]);
  });

  it('is every restore test, newest first, with what it compared', async () => {
    const items = await served();

    expect(await items('restore-tests?pd=dinkes&dataset=simpus')).toMatchObject([
      { outcome: 'failed', reason: 'pg_restore ended with exit code 1', completedAt: '2026-11-22T09:59:00.000+07:00' },
      {
        outcome: 'ok',
        fileCount: 12,
        checks: ['12 files have the sizes of the snapshot'],
        evidence: [{ agent: agent.id }],
      },
    ]);
    expect(await items('restore-tests?to=2026-11-21')).toEqual([]);
  });

  it('is what was read into a duty, beside its reason', async () => {
    const items = await served();
    const restore = (await items('obligations?pd=dinkes')).find(
      (row) => (row as { obligation: string }).obligation === 'lebong-23-14-force-majeure-pemulihan',
    );

    expect(restore).toMatchObject({
      pasal: '23',
      ayat: '14',
      note: expect.stringMatching(/^Uji pemulihan disimpulkan/),
    });
  });
});
