import { expect, it } from 'vitest';
import { createLogger } from '../shared/logger.ts';
import { testConfig } from '../test/kit/judging-bench.ts';
import { followAll } from '../test/kit/ledger-world.ts';
import { storeFile } from '../test/kit/store-file.ts';
import type { PantauConfig } from './config/schema.ts';
import { noteConfiguration } from './note-configuration.ts';
import type { Store } from './store/store.ts';

async function notedSettings(store: Store): Promise<unknown[]> {
  await followAll(store);
  const { rows } = await store.ledger.page({ kind: 'action' }, { limit: 100, offset: 0 });
  return rows.map(({ data }) => JSON.parse((JSON.parse(data) as { detail: string }).detail) as unknown);
}

it('keeps in the ledger by which numbers was judged, once as long as they stay the same', async () => {
  const { store } = storeFile();
  const lines: string[] = [];
  const logger = createLogger(
    (line) => void lines.push(line),
    () => 0,
  );
  const note = (config: PantauConfig, nowMs: number) => noteConfiguration(config, { store, nowMs, logger });
  const before = testConfig();
  await note(before, 1000);
  await note(before, 2000);
  // A channel judges nothing, and its settings hold secrets.
  await note({ ...before, notify: [] }, 3000);
  const obligations = { 'lebong-19-1-pencadangan-berkala': { params: { overdueAfterSeconds: 1 } } };
  await note({ ...before, obligations }, 4000);

  expect(await notedSettings(store)).toEqual([
    {
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      regulations: before.regulations,
      obligations: before.obligations,
    },
    { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), regulations: before.regulations, obligations },
  ]);
  expect(lines).toEqual([]);
});
