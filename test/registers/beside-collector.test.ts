import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { collectorMain, runProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

interface Entry {
  id: string;
  revision: number;
  values: Record<string, string | number>;
  enteredBy: string;
}

const plans = 'Jenis;Judul;Berlaku Sejak;Berlaku Sampai\r\nArsitektur SPBE;Arsitektur;1/1/2025;31/12/2029\r\n';
const audit = { scope: 'keamanan', date: '2026-10-01', auditor: 'BSSN', auditorKind: 'eksternal' };

it('what is entered beside a running collector is seen by it, and what it has acknowledged survives its death', async () => {
  const dataFolder = temporaryFolder();
  let collector = await startCollectorProcess({ dataFolder, configText: configText() });
  onTestFinished(() => collector.kill9());
  const command = (...args: string[]) => runProgram(collectorMain, [...args, '--data', dataFolder]);
  const token = (await command('operator', 'add', 'siti')).stdout.trim();
  const post = (path: string, body: object) =>
    fetch(`${collector.url}/api/v1/registers${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const file = join(dataFolder, 'rencana.csv');
  writeFileSync(file, plans);
  const imported = await command('register', 'import', 'plan', file, '--apply', '--by', 'budi');
  expect([imported.code, imported.stderr]).toEqual([0, '']);
  const read = (register: string) => apiOf(collector).list<Entry>(`registers/${register}`);
  await waitUntil('the plan to be seen', async () => (await read('plan')).length === 1);
  const [plan] = await read('plan');
  expect(plan).toMatchObject({
    revision: 1,
    enteredBy: 'budi',
    values: { kind: 'arsitektur', validFrom: '2025-01-01' },
  });

  expect((await post('/audit', { values: audit })).status).toBe(201);
  await collector.kill9();
  // While nobody runs, the command goes on.
  const exported = await command(
    'register',
    'export',
    'audit',
    '--format',
    'csv',
    '--output',
    join(dataFolder, 'a.csv'),
  );
  expect(exported.stdout).toContain('1 entries of audit');
  collector = await startCollectorProcess({ dataFolder, configText: configText() });

  expect(await read('audit')).toMatchObject([{ revision: 1, enteredBy: 'siti', values: audit }]);
  expect((await command('operator', 'revoke', 'siti')).code).toBe(0);
  expect((await post('/audit', { values: audit })).status).toBe(401);
}, 60_000);
