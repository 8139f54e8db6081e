import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configText } from '../../../test/kit/config-text.ts';
import { followAll, wholeLedger } from '../../../test/kit/ledger-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { databaseIn } from '../../data-folder.ts';
import { openConnection } from '../../store/sqlite/open.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { dispatch } from '../dispatch.ts';
import { commands } from '../registry.ts';

it('keeps in the ledger who was to be trusted, and from whom trust was taken back, but no token', async () => {
  const folder = temporaryFolder();
  openConnection(databaseIn(folder)).close();
  writeFileSync(join(folder, 'pantau.yaml'), configText());
  let stdout = '';
  const io = {
    stdout: (text: string) => void (stdout += text),
    stderr: () => {},
    env: { PANTAU_DATA: folder },
    workingFolder: folder,
  };
  const run = (...args: string[]) => dispatch(['token', ...args], { commands, version: '1', io });

  const codes = [
    await run('create', '--pd', 'dinkes', '--role', 'vantage'),
    await run('router', '--pd', 'dinkes', '--node', 'gerbang', '--url', 'https://pantau.example'),
    await run('revoke', '--pd', 'dinkes', '--node', 'gerbang'),
    await run('revoke', '--pd', 'dinkes', '--node', 'gerbang'),
  ];

  const store = openSqliteStore(databaseIn(folder));
  await followAll(store);
  const rows = await wholeLedger(store);
  await store.close();
  const said = rows.map(({ data }) => JSON.parse(data) as Record<'actor' | 'action' | 'subject' | 'detail', string>);
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;
  const expiresAtMs = expect.any(Number) as unknown;
  // The second time there was nothing left to take back.
  expect(codes).toEqual([0, 0, 1, 1]);
  expect(said.map(({ detail, ...each }) => ({ ...each, detail: JSON.parse(detail) as unknown }))).toEqual([
    {
      actor: 'cli',
      action: 'token-create',
      subject: 'dinkes/kantor',
      detail: { roles: ['vantage'], expiresAtMs, secretHash: hash },
    },
    {
      actor: 'cli',
      action: 'token-router',
      subject: 'dinkes/gerbang',
      detail: { site: 'kantor', roles: [], expiresAtMs, secretHash: hash },
    },
    { actor: 'cli', action: 'token-revoke', subject: 'dinkes/gerbang', detail: { voidedTokenCount: 1 } },
  ]);
  const words = stdout.match(/[\w-]{43,}/g) ?? [];
  expect(words.length).toBeGreaterThan(0);
  expect(words.filter((word) => rows.some(({ data }) => data.includes(word)))).toEqual([]);
});
