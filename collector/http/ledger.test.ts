import { describe, expect, it } from 'vitest';
import { Compile } from 'typebox/compile';
import { createKeyPair } from '../../shared/signing.ts';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { addAction, addVerdicts, followAll, verdictOf } from '../../test/kit/ledger-world.ts';
import { appStartsAtMs, serve } from '../../test/kit/served-app.ts';
import { entryHash } from '../ledger/entry-hash.ts';
import { canonicalJson } from '../ledger/canonical-json.ts';
import { makeCheckpoint } from '../ledger/make-checkpoint.ts';
import { CheckpointRow, LedgerRow } from './ledger-rows.ts';

const dayMs = 86_400_000;

interface Page {
  items: { seq: number; at: string; kind: string; data: Record<string, unknown>; previous: string; hash: string }[];
  totalCount: number;
}

async function site() {
  const bench = await judgingBench({ config: testConfig(), agents: [], startsAtMs: appStartsAtMs });
  const { store } = bench;
  await addVerdicts(store, [verdictOf({ pd: 'dinkes' })], appStartsAtMs);
  await addAction(store, 'later', appStartsAtMs + dayMs);
  const { get } = await serve(bench);
  const page = async (query = '') => (await (await get(`/api/v1/ledger${query}`)).json()) as Page;
  return { store, get, page };
}

describe('the ledger in the API', () => {
  it('is a list of entries, each of which anybody can hash again', async () => {
    const { store, page } = await site();
    await followAll(store);

    const { items, totalCount } = await page();
    const all = await store.ledger.page({}, { offset: 0, limit: 100 });
    expect(totalCount).toBe(all.totalCount);
    expect(items.map(({ hash }) => hash)).toEqual(all.rows.map(({ hash }) => hash));
    const check = Compile(LedgerRow);
    expect(items.filter((item) => !check.Check(item))).toEqual([]);
    const [first] = items;
    expect(first).toMatchObject({ seq: 1, kind: 'verdict', at: '2026-11-22T10:00:00.000+07:00' });
    for (const { seq, at, kind, data, previous, hash } of items) {
      expect(entryHash({ seq, atMs: Date.parse(at), kind, data: canonicalJson(data), previous })).toBe(hash);
    }
  });

  it('can be asked for a department, a kind, days and a page', async () => {
    const { store, page } = await site();
    await followAll(store);
    const kinds = async (query: string) => (await page(query)).items.map(({ kind }) => kind);

    expect(new Set(await kinds('?pd=dinkes'))).toEqual(new Set(['verdict']));
    expect(await kinds('?kind=action')).toEqual(['action']);
    expect(await kinds('?from=2026-11-23')).toEqual(['action']);
    expect(await kinds('?to=2026-11-22')).not.toContain('action');
    const { totalCount } = await page();
    expect((await page(`?offset=${totalCount - 1}&limit=1`)).items.map(({ seq }) => seq)).toEqual([totalCount]);
  });

  it.each([
    ['?pd=dinkess', 'pd', 'There is no department "dinkess"; did you mean "dinkes"?'],
    [
      '?kind=x',
      'kind',
      'kind must be one of verdict, evidence, incident, action, delivery, register, document, pruning.',
    ],
    ['?from=2026-02-30', 'from', 'from must be a day that exists.'],
    ['?from=2026-11-23&to=2026-11-22', 'from', 'from must not be later than to.'],
  ])('refuses %s with the field and the reason', async (query, field, detail) => {
    const { get } = await site();
    const response = await get(`/api/v1/ledger${query}`);

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ field, detail });
  });

  it('says what was signed last, and that nothing was yet', async () => {
    const { store, get } = await site();
    const early = await get('/api/v1/ledger/checkpoint');
    expect([early.status, await early.json()]).toMatchObject([404, { detail: 'The ledger has no checkpoint yet.' }]);
    await followAll(store);
    const made = await makeCheckpoint(store.ledger, createKeyPair().privateKey, appStartsAtMs);

    const answer: unknown = await (await get('/api/v1/ledger/checkpoint')).json();
    expect(Compile(CheckpointRow).Check(answer)).toBe(true);
    expect(answer).toMatchObject({ seq: made?.seq, hash: made?.hash, at: '2026-11-22T10:00:00.000+07:00' });
  });
});
