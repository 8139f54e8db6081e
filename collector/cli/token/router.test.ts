import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configText } from '../../../test/kit/config-text.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { databaseIn } from '../../data-folder.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { dispatch } from '../dispatch.ts';
import { commands } from '../registry.ts';

/** A collector that knows the server dinkes/srv1. */
async function office() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'pantau.yaml'), configText({ port: 8420 }));
  const store = openSqliteStore(databaseIn(folder));
  const { id, row } = testAgent({ pd: 'dinkes', site: 'kantor', node: 'srv1' });
  await store.addToken({ secretHash: 'a', pd: 'dinkes', site: 'kantor', roles: [], createdAtMs: 0, expiresAtMs: 9 });
  await store.enrol('a', { id, node: 'srv1', publicKey: row.publicKey }, 1);
  await store.close();
  return async (action: string, node: string) => {
    let stderr = '';
    const io = {
      stdout: () => {},
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder },
      workingFolder: folder,
    };
    const args = ['token', action, '--pd', 'dinkes', '--node', node];
    const code = await dispatch(args, { commands, version: '1', io });
    return { code, stderr };
  };
}

it('gives no router the name of a server that runs the agent', async () => {
  const run = await office();

  expect(await run('router', 'srv1')).toEqual({
    code: 2,
    stderr:
      'token: "srv1" is a machine of dinkes that runs the agent; give the router another name, or take that one back ' +
      'with "token revoke" first; see "pantau-collector token --help".\n',
  });
  expect(await run('router', 'gerbang')).toEqual({ code: 0, stderr: '' });
});

it('gives a router its own name again, and that of a server that was taken back', async () => {
  const run = await office();
  await run('router', 'gerbang');
  expect((await run('router', 'gerbang')).code).toBe(0);

  await run('revoke', 'srv1');
  expect((await run('router', 'srv1')).code).toBe(0);
});
