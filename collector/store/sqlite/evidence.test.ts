import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { appStartsAtMs, busyBench } from '../../../test/kit/served-app.ts';
import {
  addVerdicts,
  followAll,
  keepSigned,
  ledgerStartMs,
  signedBatch,
  verdictOf,
} from '../../../test/kit/ledger-world.ts';
import { enrolAll, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { readRecords } from '../../obligations/why/read-records.ts';
import { isReportReference } from '../evidence-reference.ts';
import { openVerdictArchive } from './verdict-archive.ts';

const timezone = 'Asia/Jakarta';

async function overdueBackup() {
  const bench = await busyBench();
  const row = bench.judging.verdicts().find(({ reasonCode }) => reasonCode === 'backup-overdue');
  return { bench, evidence: row?.evidence ?? [] };
}

describe('what a verdict rests on', () => {
  it('is found with who signed it and when, and the signature is checked now', async () => {
    const { bench, evidence } = await overdueBackup();
    const [record] = await readRecords(evidence, bench.store, timezone);

    expect(evidence.length).toBeGreaterThan(0);
    expect(record).toMatchObject({
      kind: 'report',
      kept: true,
      keptIn: 'store',
      pd: 'dinkes',
      site: 'kantor',
      node: 'server-2',
      takenAt: '2026-11-22T10:00:00.000+07:00',
      proof: 'signature',
      genuine: true,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('is told not to be genuine when its bytes are not those that were signed, or the key is another one', async () => {
    const { bench, evidence } = await overdueBackup();
    const changed = {
      ...bench.store,
      evidence: {
        async report(reference: Parameters<typeof bench.store.evidence.report>[0]) {
          const found = await bench.store.evidence.report(reference);
          return found && { ...found, body: Buffer.concat([found.body, Buffer.from(' ')]) };
        },
      },
    };

    expect((await readRecords(evidence, changed, timezone))[0]).toMatchObject({ kept: true, genuine: false });
    const reference = evidence.find(isReportReference);
    const other = { ...reference, agent: 'a'.repeat(16), session: 'none', seq: 1 };
    expect((await readRecords([other], bench.store, timezone))[0]).toMatchObject({ kept: false, genuine: null });
  });
});

it('a report whose raw bytes are gone is found in the ledger, as genuine as before', async () => {
  const { store, path } = storeFile();
  const agent = testAgent({ key: 1 });
  await enrolAll(store, [agent], ledgerStartMs);
  const evidence = await keepSigned(store, signedBatch(agent, 1, ledgerStartMs));
  await addVerdicts(store, [verdictOf({ evidence })], ledgerStartMs);
  await followAll(store);
  const [before] = await readRecords(evidence, store, timezone);
  const connection = new Database(path);
  connection.exec('DELETE FROM reports; DELETE FROM bodies;');
  connection.close();
  const [after] = await readRecords(evidence, store, timezone);

  expect(before).toMatchObject({ keptIn: 'store', genuine: true });
  expect(after).toEqual({ ...before, keptIn: 'ledger', takenAt: null });
});

it('a register entry is told with who entered it and whether it was changed since; an incident with its state', async () => {
  const { store, path } = storeFile();
  const entry = { register: 'audit', entry: 'e-1', pd: undefined, attachments: ['ab'], removed: false };
  const audit = { atMs: 1, actor: 'siti', action: 'register', subject: 'audit', detail: '' };
  const revision = (number: number, actor: string) => ({
    ...entry,
    revision: number,
    values: { scope: 'infrastruktur' },
    atMs: appStartsAtMs,
    actor,
  });
  await store.registers.append([revision(1, 'siti')], audit);
  const archive = openVerdictArchive(path);
  const read = async () =>
    await readRecords([{ register: 'audit', entry: 'e-1', revision: 1 }, { incident: 'INC-none' }], archive, timezone);

  expect(await read()).toEqual([
    {
      kind: 'register',
      register: 'audit',
      entry: 'e-1',
      revision: 1,
      kept: true,
      enteredBy: 'siti',
      enteredAt: '2026-11-22T10:00:00.000+07:00',
      values: { scope: 'infrastruktur' },
      attachments: ['ab'],
      changed: false,
    },
    { kind: 'incident', incident: 'INC-none', kept: false, state: null, cause: null, openedAt: null, resolvedAt: null },
  ]);
  await store.registers.append([revision(2, 'rina')], audit);
  expect((await read())[0]).toMatchObject({ enteredBy: 'siti', changed: true });
  archive.close();
});
