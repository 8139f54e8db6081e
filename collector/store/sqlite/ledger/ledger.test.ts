import { describe, expect, it } from 'vitest';
import {
  addAction,
  addVerdicts,
  followAll,
  keepSigned,
  ledgerStartMs,
  noLimit,
  shortRows,
  signedBatch,
  verdictOf,
  wholeLedger,
} from '../../../../test/kit/ledger-world.ts';
import { anIncident } from '../../../../test/kit/an-incident.ts';
import { enrolAll, storeFile } from '../../../../test/kit/store-file.ts';
import { testAgent } from '../../../../test/kit/test-agent.ts';
import { entryHash, noHash, sha256 } from '../../../ledger/entry-hash.ts';
import { sampleNotice } from '../../../notify/notify-test-notice.ts';
import type { PingRow } from '../../rows.ts';
import { registerDocument } from '../documents.ts';
import { noFactChanges } from '../../no-changes.ts';

const minuteMs = 60_000;
const at = (minute: number) => ledgerStartMs + minute * minuteMs;

async function office() {
  const file = storeFile();
  const agents = [
    testAgent({ key: 1 }),
    testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'b' }),
  ] as const;
  await enrolAll(file.store, agents, ledgerStartMs);
  return { file, store: file.store, agents };
}

function dataOf(row: { data: string } | undefined): Record<string, unknown> {
  return JSON.parse(row?.data ?? '{}') as Record<string, unknown>;
}

describe('the chain', () => {
  it('has every entry in one order, numbered without a gap, each with the hash of the one before', async () => {
    const { store } = await office();
    await addAction(store, 'first', at(1));
    await addVerdicts(store, [verdictOf({ reasonCode: 'second' })], at(2));
    await addAction(store, 'third', at(3));

    await followAll(store);

    const rows = await wholeLedger(store);
    expect(shortRows(rows)).toEqual(['1 action first', '2 verdict second', '3 action third']);
    expect(rows.map(({ previous }) => previous)).toEqual([noHash, rows[0]?.hash, rows[1]?.hash]);
    expect(rows.map(entryHash)).toEqual(rows.map(({ hash }) => hash));
    expect(await store.ledger.head()).toEqual({ seq: 3, hash: rows[2]?.hash, atMs: at(3) });
  });

  it('takes what is new and nothing again, also after a restart, in as many turns as it needs', async () => {
    const { file, store } = await office();
    for (let action = 0; action < 7; action += 1) await addAction(store, `action-${action}`, at(action));

    const counts = [];
    for (let turn = 0; turn < 3; turn += 1) counts.push(await store.ledger.appendSome({ ...noLimit, rowCount: 2 }));
    const later = await file.reopen();
    await addAction(later, 'action-7', at(7));
    await followAll(later);

    expect(counts).toEqual([2, 2, 2]);
    expect(await later.ledger.appendSome(noLimit)).toBe(0);
    expect(shortRows(await wholeLedger(later))).toEqual(
      Array.from({ length: 8 }, (_, action) => `${action + 1} action action-${action}`),
    );
  });

  it('comes on by one row when its time is over at once', async () => {
    const { store } = await office();
    for (const action of ['a', 'b']) await addAction(store, action, at(1));

    expect(await store.ledger.appendSome({ rowCount: 10, isOver: () => true })).toBe(1);
    expect(await store.ledger.appendSome({ rowCount: 10, isOver: () => true })).toBe(1);
    expect(await store.ledger.appendSome({ rowCount: 10, isOver: () => true })).toBe(0);
  });

  it('keeps halves of characters, which a report may bring, as what they are shown as', async () => {
    const { store } = await office();
    await addVerdicts(store, [verdictOf({ reasonArgs: { target: 'a\ud800b', unknown: Number.NaN } })], at(1));

    await followAll(store);

    expect(dataOf((await wholeLedger(store))[0])).toMatchObject({ reasonArgs: { target: 'a\ufffdb', unknown: null } });
  });
});

describe('what a verdict cites', () => {
  it('is kept once with its bytes, its signer and its signature before the first verdict that cites it', async () => {
    const { store, agents } = await office();
    const batch = signedBatch(agents[0], 2, at(0));
    const evidence = await keepSigned(store, batch);
    await addVerdicts(store, [verdictOf({ evidence: evidence.slice(1) })], at(1));
    await addVerdicts(store, [verdictOf({ reasonCode: 'again', evidence })], at(2));

    await followAll(store);

    const rows = await wholeLedger(store);
    const hash = sha256(batch.body);
    expect(shortRows(rows)).toEqual([`1 evidence ${hash}`, '2 verdict backup-in-time', '3 verdict again']);
    expect(dataOf(rows[0])).toEqual({
      agent: agents[0].id,
      pd: 'dinkes',
      site: 'kantor',
      node: 'server-1',
      proof: 'signature',
      publicKey: agents[0].row.publicKey,
      signature: batch.signature,
      encoding: 'identity',
      receivedAtMs: at(0),
      reports: batch.reports.map(({ session, seq }) => ({ session, seq })),
      sha256: hash,
      sizeBytes: batch.body.length,
    });
    expect(dataOf(rows[1])['evidence']).toEqual([{ ...evidence[1], record: 1 }]);
    expect(dataOf(rows[2])['evidence']).toEqual(evidence.map((reference) => ({ ...reference, record: 1 })));
  });

  it('is said to be gone when the raw report was pruned before the ledger saw it', async () => {
    const { store } = await office();
    const gone = { agent: 'a'.repeat(16), session: 'session-0009', seq: 5 };
    await addVerdicts(store, [verdictOf({ evidence: [gone] })], at(1));

    await followAll(store);

    const rows = await wholeLedger(store);
    expect(shortRows(rows)).toEqual(['1 verdict backup-in-time']);
    expect(dataOf(rows[0])['evidence']).toEqual([{ ...gone, missing: 'pruned' }]);
  });

  it('says that a router showed a token, so that nobody takes it for signed', async () => {
    const { store, agents } = await office();
    const evidence = await keepSigned(store, { ...signedBatch(agents[0], 1, at(0)), signature: 'token' });
    await addVerdicts(store, [verdictOf({ evidence })], at(1));

    await followAll(store);

    const data = dataOf((await wholeLedger(store))[0]);
    expect(data['proof']).toBe('token');
    expect(Object.keys(data)).not.toContain('signature');
  });

  it('may be a call of a ping address, and an entry of a register stays named as it is', async () => {
    const { store } = await office();
    const ping: PingRow = {
      pd: 'dinkes',
      dataset: 'simpus',
      atMs: at(0),
      receivedAtMs: at(0) + 5,
      kind: 'fail',
      exitStatus: 3,
      rid: undefined,
      body: Buffer.from('disk full'),
      userAgent: 'curl/8',
      remoteAddress: '10.1.2.3',
    };
    let number = 0;
    await store.commitPing(ping, (given) => {
      number = given;
      return noFactChanges();
    });
    const reference = { agent: 'ping', session: 'dinkes/simpus', seq: number };
    const entry = { register: 'audit', entry: 'A-1', revision: 2 };
    await addVerdicts(store, [verdictOf({ evidence: [reference, entry] })], at(1));

    await followAll(store);

    const rows = await wholeLedger(store);
    expect(dataOf(rows[0])).toMatchObject({
      agent: 'ping',
      proof: 'address',
      dataset: 'simpus',
      said: 'fail',
      exitStatus: 3,
      sha256: sha256('disk full'),
    });
    expect(dataOf(rows[1])['evidence']).toEqual([{ ...reference, record: 1 }, entry]);
  });
});

describe('deliveries', () => {
  it('are told when a notice was delivered or given up, and not when it is tried again', async () => {
    const { store } = await office();
    const row = (channel: string) => ({ incident: 'INC-1', channel, notice: sampleNotice(), createdAtMs: at(0) });
    const nothing = { verdicts: [], removedVerdicts: [], incidents: [], deadlines: [] };
    await store.saveJudgement({ ...nothing, outbox: [row('surel'), row('gateway')], atMs: at(0) });
    const [first, second] = store.outbox.dueEntries(at(0), 10);
    store.outbox.markFailed(first?.id ?? 0, 'no answer', at(1), at(0));
    store.outbox.markDelivered(first?.id ?? 0, at(1));
    store.outbox.markFailed(second?.id ?? 0, 'refused', undefined, at(2));

    await followAll(store);

    const noticeSha256 = sha256(JSON.stringify(sampleNotice()));
    const said = { incident: 'INC-1', event: sampleNotice().event, noticeSha256 };
    expect((await wholeLedger(store)).map((entry) => [entry.kind, entry.atMs, dataOf(entry)])).toEqual([
      ['delivery', at(1), { ...said, channel: 'surel', outcome: 'delivered', attemptCount: 2 }],
      ['delivery', at(2), { ...said, channel: 'gateway', outcome: 'given-up', attemptCount: 1, error: 'refused' }],
    ]);
  });
});

describe('what people enter and what is made of it', () => {
  it('is there: entries of registers, events of incidents, and documents with the hash of each file', async () => {
    const { file, store } = await office();
    const revision = { register: 'audit', entry: 'A-1', revision: 1, pd: undefined, values: { auditor: 'BPKP' } };
    const entered = { ...revision, attachments: ['f'.repeat(64)], removed: false, atMs: at(1), actor: 'siti' };
    const audit = { atMs: at(1), actor: 'siti', action: 'register', subject: 'audit/A-1', detail: '' };
    expect(await store.registers.append([entered], audit)).toEqual([]);
    const nothing = { verdicts: [], removedVerdicts: [], outbox: [], deadlines: [] };
    const event = { incident: 'INC-1', event: 'opened' as const, atMs: at(2), actor: 'pantau', detail: { cause: 'x' } };
    await store.saveJudgement({ ...nothing, incidents: [anIncident('INC-1')], events: [event], atMs: at(2) });
    const made = { name: 'laporan-bulanan-2026-10', month: '2026-10', pd: undefined, revision: 1, madeBy: 'siti' };
    const files = [{ file: 'laporan.pdf', sha256: 'e'.repeat(64), sizeBytes: 5 }];
    const whole = { ...made, figuresHash: 'd'.repeat(64), madeAtMs: at(3), folder: undefined, files };
    registerDocument(file.path, { ...whole, checkpoint: undefined, changeCount: 0 }, '{}');

    await followAll(store);

    const said = (await wholeLedger(store)).map((row) => [row.kind, row.pd, dataOf(row)]);
    expect(said).toEqual([
      [
        'register',
        undefined,
        { ...revision, pd: undefined, attachments: ['f'.repeat(64)], removed: false, actor: 'siti' },
      ],
      ['action', undefined, { actor: 'siti', action: 'register', subject: 'audit/A-1', detail: '' }],
      [
        'incident',
        'dinkes',
        { incident: 'INC-1', pd: 'dinkes', event: 'opened', actor: 'pantau', detail: { cause: 'x' } },
      ],
      ['document', undefined, { ...made, pd: undefined, figuresHash: 'd'.repeat(64), files, changeCount: 0 }],
    ]);
  });
});

describe('a page of it', () => {
  it('has the entries of a department, of a kind and of a time, and says how many there are in all', async () => {
    const { store } = await office();
    for (let minute = 0; minute < 5; minute += 1) await addVerdicts(store, [verdictOf()], at(minute));
    await addVerdicts(store, [verdictOf({ pd: 'bappeda', subject: 'bappeda/x' })], at(5));
    await addAction(store, 'x', at(6));
    await followAll(store);
    const seqs = async (...asked: Parameters<typeof store.ledger.page>) => {
      const { rows, totalCount } = await store.ledger.page(...asked);
      return [rows.map(({ seq }) => seq), totalCount];
    };
    const all = { offset: 0, limit: 100 };

    expect(await seqs({ pd: 'bappeda' }, all)).toEqual([[6], 1]);
    expect(await seqs({ kind: 'action' }, all)).toEqual([[7], 1]);
    expect(await seqs({ fromMs: at(1), untilMs: at(3) }, all)).toEqual([[2, 3], 2]);
    expect(await seqs({ pd: 'dinkes' }, { offset: 1, limit: 2 })).toEqual([[2, 3], 5]);
    expect(await seqs({ pd: 'nobody' }, all)).toEqual([[], 0]);
  });
});
