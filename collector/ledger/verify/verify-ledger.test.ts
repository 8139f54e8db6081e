import { describe, expect, it } from 'vitest';
import { createKeyPair } from '../../../shared/signing.ts';
import {
  addAction,
  addVerdicts,
  followAll,
  ledgerStartMs,
  shortRows,
  verdictOf,
  wholeLedger,
} from '../../../test/kit/ledger-world.ts';
import { fingerprintOf } from '../public-key.ts';
import { linesOf, type MadeLedger, madeLedger, textOf, verdictOn, verify } from './verify.test-kit.ts';

const minuteMs = 60_000;
const otherHash = 'f'.repeat(64);

async function grown(roundCount: number): Promise<MadeLedger> {
  const made = await madeLedger();
  await made.grow(roundCount);
  return made;
}

describe('a ledger that is whole', () => {
  it('is found so, with what is in it and who signed what', async () => {
    const made = await grown(8);
    const lastRow = (await wholeLedger(made.store)).at(-1);

    expect(await verify(made.exported(), made.keys)).toEqual({
      pemda: 'Kabupaten Lebong',
      firstSeq: 1,
      lastSeq: 24,
      lastHash: lastRow?.hash,
      entryCount: 24,
      checkpointCount: 2,
      lastCheckpoint: await made.store.ledger.latestCheckpoint(),
      areBodiesInside: true,
      proofs: { signature: 4, token: 2, address: 2 },
      cited: { insideCount: 12, beforeCount: 0, prunedCount: 0 },
    });
  });

  it('may be without bodies, and a part of a longer one', async () => {
    const made = await grown(8);
    const range = { fromMs: ledgerStartMs + 2 * minuteMs, untilMs: ledgerStartMs + 6 * minuteMs, withBodies: false };

    expect(await verify(made.exported(range), made.keys)).toMatchObject({
      firstSeq: 7,
      lastSeq: 18,
      entryCount: 12,
      checkpointCount: 2,
      areBodiesInside: false,
    });
  });

  it('may begin after what its verdicts cite, which it says', async () => {
    const made = await grown(2);
    const cited = linesOf(made.exported()).find(({ type }) => type === 'entry') ?? { type: 'none', data: undefined };
    const { agent, reports } = cited['data'] as { agent: string; reports: { session: string; seq: number }[] };
    const evidence = reports.map((report) => ({ agent, ...report }));
    await addVerdicts(made.store, [verdictOf({ evidence })], ledgerStartMs + 5 * minuteMs);
    await followAll(made.store);

    const part = made.exported({ fromMs: ledgerStartMs + 5 * minuteMs });
    expect(await verify(part, made.keys)).toMatchObject({
      firstSeq: 7,
      entryCount: 1,
      cited: { insideCount: 0, beforeCount: evidence.length, prunedCount: 0 },
    });
    expect(await verify(made.exported(), made.keys)).toMatchObject({ cited: { beforeCount: 0 } });
  });

  it('names by its hash a record that a document bears', async () => {
    const made = await grown(4);
    const hash = (await made.store.ledger.latestCheckpoint())?.hash ?? '';

    expect(await verify(made.exported(), made.keys, [hash])).toMatchObject({ entryCount: 12 });
    expect(await verify(made.exported(), made.keys, [hash, otherHash])).toMatchObject({
      code: 'checkpoint-not-found',
      message: `No record in this file has the hash ${otherHash}, which was asked for with --checkpoint.`,
    });
  });

  it('is still whole when it was exported before the old part of it was pruned, and the rest is whole after it', async () => {
    const made = await grown(9);
    const before = made.exported();
    const { ledger } = made.store;
    const cutMs = ledgerStartMs + 7 * minuteMs;
    // The oldest must be a day older than the retention.
    const nowMs = ledgerStartMs + 400 * 86_400_000;
    await addAction(made.store, 'late', nowMs);
    await followAll(made.store);
    while (await ledger.pruneSome(nowMs - 86_400_000, nowMs));

    expect(await ledger.pruneSome(cutMs, nowMs)).toBe(false);
    const rows = await wholeLedger(made.store);
    expect(shortRows(rows)).toEqual(['28 action late', '29 pruning 27']);
    expect(await verify(before, made.keys)).toMatchObject({ firstSeq: 1, entryCount: 27 });
    const after = made.exported();
    expect(await verify(after, made.keys)).toMatchObject({ firstSeq: 28, lastSeq: 29, entryCount: 2 });
    expect(linesOf(after)[0]).toMatchObject({ anchor: { seq: 27 }, previous: linesOf(before).at(-1)?.['lastHash'] });
    expect(await ledger.entryCount()).toBe(29);
  });
});

describe('the first thing that is wrong', () => {
  it('is a key that is not the one', async () => {
    const made = await grown(1);
    const other = createKeyPair();

    expect(await verdictOn(made.exported(), other)).toBe(
      `wrong-key line 1 record -: The file says that it was signed with the key ${fingerprintOf(made.keys.publicKey)}, ` +
        `and the key that was given is ${fingerprintOf(other.publicKey)}.`,
    );
  });

  it.each([
    ['nothing at all', '', 'not-a-ledger line 1 record -: The file is empty.'],
    [
      'some other file',
      'PK\u0003\u0004',
      'not-a-ledger line 1 record -: This is not an exported ledger: it does not begin with the header of one.',
    ],
    [
      'other JSON',
      '{}\n',
      'altered line 1 record -: The header was altered: it does not have the parts of a line of a ledger.',
    ],
  ])('is that the file is %s', async (_, content, message) => {
    expect(await verdictOn(content, createKeyPair())).toBe(message);
  });

  /** Two rounds: lines 2 evidence 1, 3 its body, 4 verdict 2, 5 action 3, 6 evidence 4, 7 its body, 8 verdict 5, 9 action 6. */
  it.each([
    [
      'an altered record',
      [4, '"seq":2', '"seq":3'],
      'altered line 4 record 2: Record 2 (line 4) was altered: its hash is another one.',
    ],
    [
      'a space more',
      [4, '"seq":2', '"seq": 2'],
      'altered line 4 record 2: Record 2 (line 4) was altered: it is not in canonical form.',
    ],
    [
      'a record that is no JSON',
      [5, '"seq":3,', ''],
      'altered line 5 record 3: Record 3 (line 5) was altered: it does not have the parts of a line of a ledger.',
    ],
    [
      'an altered body',
      [3, '"body":"', '"body":"AAAA'],
      'altered line 3 record 1: The body of record 1 was altered: its SHA-256 is not the one that the record tells (line 3).',
    ],
  ] as const)('is %s', async (_, [line, before, after], message) => {
    const made = await grown(2);
    const lines = made.exported().split('\n');
    expect(lines[line - 1]).toContain(before);
    lines[line - 1] = lines[line - 1]?.replace(before, after) ?? '';

    expect(await verdictOn(lines.join('\n'), made.keys)).toBe(message);
  });

  it.each([
    ['record 3', [5], 'missing line 5 record 3: Record 3 is missing: record 4 stands in the place (line 5).'],
    [
      'records 2 and 3',
      [4, 5],
      'missing line 4 record 2: Records 2 to 3 are missing: record 4 stands in the place (line 4).',
    ],
    ['a body', [3], 'missing line 3 record 1: The body of record 1 is missing; line 3 is something else.'],
    [
      'a record without its body',
      [6],
      'missing line 6 record 4: Record 4 is missing: the body of record 4 stands in the place (line 6).',
    ],
    ['the last record', [9], 'missing line 9 record 6: Record 6 is missing at the end.'],
    ['the header', [1], 'missing line 1 record -: The header is missing: the file begins with something else.'],
    [
      'the closing statement',
      [10],
      'truncated line 10 record 6: The file ends after record 6, without its closing statement.',
    ],
  ])('is that %s is missing', async (_, gone, message) => {
    const made = await grown(2);
    const lines = made.exported().split('\n');

    expect(await verdictOn(lines.filter((__, at) => !gone.includes(at + 1)).join('\n'), made.keys)).toBe(message);
  });

  it('is a record that stands elsewhere, or twice', async () => {
    const made = await grown(2);
    const [a, b, c, d, e, ...rest] = linesOf(made.exported());
    const lines = (...order: (typeof a)[]) => textOf([...order, ...rest].filter((line) => line !== undefined));

    expect(await verdictOn(lines(a, b, c, e, d), made.keys)).toBe(
      'reordered line 4 record 2: Record 2 stands in line 5, after record 3 (line 4): the records were reordered.',
    );
    expect(await verdictOn(lines(a, b, c, d, d, e), made.keys)).toBe(
      'doubled line 5 record 2: Record 2 stands there twice (line 5).',
    );
    expect(await verdictOn(lines(a, b, c, d, b, e), made.keys)).toBe(
      'doubled line 5 record 1: Record 1 comes a second time (line 5).',
    );
    expect(await verdictOn(lines(a, b, b, c, d, e), made.keys)).toBe(
      'doubled line 3 record 1: Record 1 stands there twice (line 3).',
    );
  });

  it('is a checkpoint that was taken out', async () => {
    const made = await grown(9);
    const lines = linesOf(made.exported());
    const places = lines.flatMap(({ type }, at) => (type === 'checkpoint' ? [at] : []));
    expect(places.map((at) => lines[at]?.['seq'])).toEqual([9, 18, 27]);

    expect(await verdictOn(textOf(lines.filter((_, at) => at !== places[0])), made.keys)).toMatch(
      /^missing line \d+ record 9: The checkpoint of record 9 is missing: that of record 18 follows it\.$/,
    );
    expect(await verdictOn(textOf(lines.filter((_, at) => at !== places[2])), made.keys)).toMatch(
      /^missing line \d+ record 27: The checkpoint of record 27 is missing\.$/,
    );
  });

  it('is a byte too many or too few at the end', async () => {
    const made = await grown(1);
    const text = made.exported();

    expect(await verdictOn(text.slice(0, -1), made.keys)).toBe(
      'truncated line 6 record 3: The file was cut off in line 6, after record 3.',
    );
    expect(await verdictOn(`${text}\n`, made.keys)).toBe(
      'altered line 7 record -: Something stands after the closing statement.',
    );
  });
});
