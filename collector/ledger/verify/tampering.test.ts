import { beforeEach, describe, expect, it } from 'vitest';
import { createKeyPair, type KeyPair } from '../../../shared/signing.ts';
import { signCheckpoint } from '../checkpoint.ts';
import type { Checkpoint } from '../entry.ts';
import { sha256 } from '../entry-hash.ts';
import { type ClosingLine, type HeaderLine, signLine } from '../export-format.ts';
import { fingerprintOf } from '../public-key.ts';
import { LedgerFault } from './fault.ts';
import { changeField, chainedAnew, dice, hashedAnew } from './tampering.test-kit.ts';
import { type LineObject, linesOf, madeLedger, textOf, verify } from './verify.test-kit.ts';

/** Two ledgers of one collector that went apart, as after a restored backup, and their lines. */
let [text, otherText]: [string, string] = ['', ''];
let [lines, otherLines]: [LineObject[], LineObject[]] = [[], []];
let keys: KeyPair;

beforeEach(async () => {
  if (text !== '') return;
  keys = createKeyPair();
  const [one, other] = [await madeLedger(keys), await madeLedger(keys)];
  await one.grow(10);
  await other.grow(10);
  [text, otherText] = [one.exported(), other.exported({ nowMs: 1 })];
  [lines, otherLines] = [linesOf(text), linesOf(otherText)];
});

it('begins with two that are whole', async () => {
  expect(await verify(text, keys)).toMatchObject({ entryCount: 30, checkpointCount: 3 });
  expect(await verify(otherText, keys)).toMatchObject({ entryCount: 30, checkpointCount: 3 });
});

/** @returns what was found; a test whose change goes unseen fails here and says which it was. */
async function found(content: string | Buffer, what: string): Promise<LedgerFault> {
  const outcome = await verify(content, keys);
  if (!(outcome instanceof LedgerFault)) throw new Error(`nobody saw: ${what}`);
  return outcome;
}

const entryPlaces = () => lines.flatMap(({ type }, at) => (type === 'entry' ? [at] : []));
const seqAt = (at: number) => Number(lines[at]?.['seq'] ?? lines[at]?.['entry']);
const replaced = (at: number, line: LineObject) => textOf(lines.with(at, line));

describe('every change of a file is found, and the first wrong line named', () => {
  it('when any byte becomes any other', async () => {
    const bytes = Buffer.from(text);
    const roll = dice(1);
    for (let round = 0; round < 2500; round += 1) {
      const at = roll(bytes.length);
      const copy = Buffer.from(bytes);
      copy[at] = ((bytes[at] ?? 0) + 1 + roll(255)) % 256;
      const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
      expect((await found(copy, `byte ${at}`)).line).toBe(line);
    }
  });

  it('when every single byte of the header and of the closing statement becomes another', async () => {
    const bytes = Buffer.from(text);
    const headerEnd = bytes.indexOf(10);
    const closingStart = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    for (let at = 0; at < bytes.length; at = at === headerEnd ? closingStart : at + 1) {
      const copy = Buffer.from(bytes);
      copy[at] = (bytes[at] ?? 0) ^ 1;
      expect((await found(copy, `byte ${at}`)).line).toBe(at <= headerEnd ? 1 : lines.length);
    }
  });

  it('when any value of any record is changed, taken out or put in', async () => {
    const roll = dice(2);
    const places = entryPlaces();
    for (let round = 0; round < 900; round += 1) {
      const at = places[roll(places.length)] ?? 0;
      const changed = changeField(lines[at] ?? never(), roll);
      const fault = await found(replaced(at, changed), JSON.stringify(changed));
      expect([fault.line, fault.seq]).toEqual([at + 1, seqAt(at)]);
    }
  });

  it('when the record gets a hash that fits what it says now', async () => {
    const roll = dice(3);
    const places = entryPlaces();
    for (let round = 0; round < 900; round += 1) {
      const at = places[roll(places.length)] ?? 0;
      const changed = hashedAnew(changeField(lines[at] ?? never(), roll));
      if (changed['hash'] === lines[at]?.['hash']) continue;
      const fault = await found(replaced(at, changed), JSON.stringify(changed));
      // Its number may be what was changed.
      expect([fault.seq, seqAt(fault.line - 1)]).toContain(seqAt(at));
    }
  });

  it('when all hashes after it are made anew, up to the next thing that is signed', async () => {
    const roll = dice(4);
    const places = entryPlaces();
    for (let round = 0; round < 500; round += 1) {
      const at = places[roll(places.length)] ?? 0;
      const line = lines[at] ?? never();
      const data = { ...(line['data'] as object), note: round };
      const changed = chainedAnew(lines.with(at, { ...line, data }), at);
      const fault = await found(textOf(changed), `record ${seqAt(at)}`);
      const signedSeq = Number(lines.slice(at).find(({ type }) => type === 'checkpoint')?.['seq'] ?? 30);
      expect(fault).toMatchObject({ code: 'altered', seq: signedSeq });
      expect(fault.message).toMatch(/altered and the hashes made anew/);
    }
  });

  it('when any line is taken out', async () => {
    for (const [at, line] of lines.entries()) {
      const fault = await found(textOf(lines.toSpliced(at, 1)), `without line ${at + 1}`);
      if (line.type === 'entry' || line.type === 'body') {
        expect(fault).toMatchObject({ code: 'missing', line: at + 1, seq: seqAt(at) });
      } else if (line.type === 'checkpoint') {
        expect(fault).toMatchObject({ code: 'missing', seq: seqAt(at) });
      } else {
        expect(fault.code).toBe(line.type === 'header' ? 'missing' : 'truncated');
      }
    }
  });

  it('when any run of lines is taken out', async () => {
    const roll = dice(5);
    for (let round = 0; round < 500; round += 1) {
      const at = roll(lines.length);
      const count = 1 + roll(lines.length - at);
      const fault = await found(textOf(lines.toSpliced(at, count)), `without ${count} lines from ${at + 1}`);
      const isAfter = lines.slice(0, at).every(({ type }) => type !== 'checkpoint');
      expect(fault.line).toBeGreaterThanOrEqual(at === 0 ? 1 : isAfter ? 2 : at + 1);
    }
  });

  it('when any two lines change places', async () => {
    for (let first = 0; first < lines.length; first += 1) {
      for (let second = first + 1; second < lines.length; second += 1) {
        const swapped = lines.with(first, lines[second] ?? never()).with(second, lines[first] ?? never());
        const fault = await found(textOf(swapped), `lines ${first + 1} and ${second + 1}`);
        expect(fault.line).toBeGreaterThanOrEqual(first + 1);
        expect(fault.line).toBeLessThanOrEqual(second + 1);
      }
    }
  });

  it('when any line comes again anywhere', async () => {
    const roll = dice(6);
    for (let round = 0; round < 700; round += 1) {
      const [from, to] = [roll(lines.length), roll(lines.length + 1)];
      const fault = await found(
        textOf(lines.toSpliced(to, 0, lines[from] ?? never())),
        `line ${from + 1} at ${to + 1}`,
      );
      expect(fault.line).toBeGreaterThanOrEqual(Math.min(to + 1, lines.length));
      expect(fault.line).toBeLessThanOrEqual(to + 2);
    }
  });

  it('when the file ends early, wherever it is', async () => {
    const bytes = Buffer.from(text);
    const roll = dice(7);
    for (let round = 0; round < 700; round += 1) {
      const fault = await found(bytes.subarray(0, roll(bytes.length)), 'the end');
      expect(['truncated', 'not-a-ledger']).toContain(fault.code);
    }
    expect((await found(bytes.subarray(0, -1), 'the last newline')).code).toBe('truncated');
  });
});

function never(): never {
  throw new Error('there is such a line');
}

describe('what was signed by somebody else', () => {
  const thief = createKeyPair();

  function signedAnew(which: readonly LineObject['type'][], header: Partial<HeaderLine> = {}): string {
    let content = '';
    for (const line of lines) {
      let made: object = line.type === 'header' ? { ...line, ...header } : line;
      if (which.includes(line.type)) {
        const { signature: _, ...unsigned } = made as Record<string, unknown>;
        if (line.type === 'header') made = signLine<HeaderLine>(unsigned as never, thief.privateKey);
        if (line.type === 'checkpoint') {
          const { type, ...checkpoint } = unsigned;
          made = { type, ...signCheckpoint(checkpoint as unknown as Checkpoint, thief.privateKey) };
        }
        if (line.type === 'closing') {
          made = signLine<ClosingLine>({ ...unsigned, sha256: sha256(content) } as never, thief.privateKey);
        }
      }
      content += textOf([made as LineObject]);
    }
    return content;
  }
  const all = ['header', 'checkpoint', 'closing'];

  it('is found when everything is signed anew, whether the file says so or not', async () => {
    const own = signedAnew(all, { key: fingerprintOf(thief.publicKey) });
    expect(await verify(own, thief)).toMatchObject({ entryCount: 30 });

    expect(await found(own, 'all')).toMatchObject({ code: 'wrong-key', line: 1 });
    expect(await found(signedAnew(all), 'all but the name')).toMatchObject({ code: 'bad-signature', line: 1 });
  });

  it('is found when only a part is signed anew', async () => {
    const first = lines.findIndex(({ type }) => type === 'checkpoint');

    expect(await found(signedAnew(['checkpoint']), 'checkpoints')).toMatchObject({
      code: 'bad-signature',
      line: first + 1,
      message: `The checkpoint of record 9 (line ${first + 1}) does not bear the signature of the key.`,
    });
    expect(await found(signedAnew(['closing']), 'closing')).toMatchObject({
      code: 'bad-signature',
      line: lines.length,
      message: 'The closing statement does not bear the signature of the key.',
    });
  });
});

describe('two ledgers of one collector', () => {
  it('are not taken for one, wherever they are put together', async () => {
    for (let seam = 1; seam < lines.length - 1; seam += 1) {
      const spliced = [...lines.slice(0, seam), ...otherLines.slice(seam)];
      const fault = await found(textOf(spliced), `seam at line ${seam + 1}`);
      const before = lines.slice(0, seam).findLast(({ type }) => type === 'entry')?.['seq'] ?? 0;
      // The header alone fits both; what follows is not what was closed.
      if (before === 0) expect(fault.code).toBe('altered');
      else expect([before, Number(before) + 1]).toContain(fault.seq);
    }
  });

  it('do not lend each other bodies', async () => {
    const places = lines.flatMap(({ type }, at) => (type === 'body' ? [at] : []));
    for (const at of places) {
      const body = otherLines[at] ?? never();
      if (body['body'] === lines[at]?.['body']) continue;
      const fault = await found(replaced(at, body), `body in line ${at + 1}`);
      expect(fault).toMatchObject({ code: 'altered', line: at + 1, seq: seqAt(at) });
    }
  });
});
