import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Why } from '../../collector/obligations/why/schema.ts';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { enrolAgent, runAgent } from '../kit/enrolled-agent.ts';
import { collectorMain, runProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const duty = 'lebong-19-1-pencadangan-berkala';

it('a real verdict is explained beside the collector that runs: with the law, and with the signature of a real agent', async () => {
  const folder = temporaryFolder();
  const watched = join(folder, 'cadangan');
  mkdirSync(watched);
  writeFileSync(join(watched, 'simda-1.sql'), 'dump\n');
  const completedAtSeconds = Date.now() / 1000 - 60;
  utimesSync(join(watched, 'simda-1.sql'), completedAtSeconds, completedAtSeconds);
  const source = { kind: 'files', path: join(watched, '*.sql') };
  const collectorData = join(folder, 'collector');
  const agentData = join(folder, 'agent');
  const collector = await startCollectorProcess({
    dataFolder: collectorData,
    configText: configText({ datasets: [{ id: 'simda', schedule: '0 * * * *', grace: '1h', source }] }),
  });
  onTestFinished(async () => void (await collector.stop()));
  const before = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19);
  await enrolAgent({ collectorData, collectorUrl: collector.url, agentData, pd: 'dinkes', node: 'server-a' });
  runAgent(agentData);
  const api = apiOf(collector);
  const why = await waitUntil('the backup to count', async () => {
    const found = await api.list<Why>(`obligations/${duty}/why`);
    return found.find(({ subject, verdict }) => subject === 'dinkes/simda' && verdict.status === 'compliant');
  });

  expect(why).toMatchObject({
    subject: 'dinkes/simda',
    law: { citation: 'Pasal 19 ayat (1)' },
    records: [{ kind: 'report', node: 'server-a', kept: true, proof: 'signature', genuine: true }],
  });
  const told = await runProgram(collectorMain, ['why', duty, '--pd', 'dinkes', '--data', collectorData]);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('Pasal 19 ayat (1) Peraturan Bupati Lebong Nomor 22 Tahun 2022');
  expect(told.stdout).toContain('ditandatangani agen, tanda tangan sah, masih disimpan');
  expect(told.stdout).toMatch(/Status +: patuh/);
  const asJson = await runProgram(collectorMain, [
    'why',
    duty,
    '--subject',
    'simda',
    '--json',
    '--data',
    collectorData,
  ]);
  expect(JSON.parse(asJson.stdout)).toMatchObject([{ records: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] }]);

  const past = ['why', duty, '--at', `${before}Z`, '--data', collectorData];
  expect(await runProgram(collectorMain, past)).toMatchObject({
    code: 1,
    stderr: 'There is no such verdict at that time.\n',
  });
  const unknown = await runProgram(collectorMain, ['why', 'lebong-19-1-pencadangan', '--data', collectorData]);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('there is no duty "lebong-19-1-pencadangan"');
});
