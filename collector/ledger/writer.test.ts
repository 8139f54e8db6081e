import { expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../shared/logger.ts';
import { createKeyPair } from '../../shared/signing.ts';
import { type FakeClock, fakeClock } from '../../test/kit/fake-clock.ts';
import { addAction, shortRows, wholeLedger } from '../../test/kit/ledger-world.ts';
import { storeFile } from '../../test/kit/store-file.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import type { LedgerPort } from '../store/ledger-port.ts';
import { isCheckpointSigned } from './checkpoint.ts';
import { createLedgerWriter } from './writer.ts';

const keys = createKeyPair();

function writing(ledger: LedgerPort, clock: FakeClock) {
  const lines: string[] = [];
  const logger = createLogger(
    (line) => void lines.push(line),
    () => clock.nowMs(),
  );
  const writer = createLedgerWriter({ ledger, privateKey: keys.privateKey, clock, logger });
  writer.start();
  onTestFinished(() => writer.stop());
  return { writer, lines };
}

it('follows what happens, and signs the first entries at once and later ones within the hour', async () => {
  const { store } = storeFile();
  const clock = fakeClock();
  await addAction(store, 'first', clock.nowMs());
  writing(store.ledger, clock);
  await waitUntil('the first checkpoint', async () => (await store.ledger.latestCheckpoint())?.seq === 1);

  await addAction(store, 'second', clock.nowMs());
  await waitUntil('the second entry', async () => (await store.ledger.head())?.seq === 2);
  expect(await store.ledger.latestCheckpoint()).toMatchObject({ seq: 1, previousSeq: 0 });
  clock.advanceMs(3_600_000);
  await waitUntil('the second checkpoint', async () => (await store.ledger.latestCheckpoint())?.seq === 2);

  const latest = await store.ledger.latestCheckpoint();
  expect(latest).toMatchObject({ atMs: clock.nowMs(), previousSeq: 1, hash: (await store.ledger.head())?.hash });
  expect(latest !== undefined && isCheckpointSigned(latest, keys.publicKey)).toBe(true);
  expect(await store.ledger.checkpointAt(1)).toMatchObject({ seq: 1 });
  expect(await store.ledger.checkpointAt(2)).toEqual(latest);
  expect(await store.ledger.checkpointAt(3)).toBeUndefined();
});

it('signs about every thousandth entry while there are many', async () => {
  const { store } = storeFile();
  const clock = fakeClock();
  for (let action = 0; action < 1500; action += 1) await addAction(store, `${action}`, clock.nowMs());
  const { writer } = writing(store.ledger, clock);
  await waitUntil('all entries', async () => (await store.ledger.head())?.seq === 1500);
  await writer.stop();

  const seqs = [];
  for (
    let at = await store.ledger.checkpointAt(1);
    at !== undefined;
    at = await store.ledger.checkpointAt(at.seq + 1)
  ) {
    seqs.push(at.seq);
  }
  // The first turn of a hundred, a thousand after it, and the end.
  expect(seqs).toEqual([100, 1100, 1500]);
});

it('ends within seconds however much is left, signs what it took, and goes on at the next start', async () => {
  const { store } = storeFile();
  const clock = fakeClock();
  for (let action = 0; action < 50; action += 1) await addAction(store, `${action}`, clock.nowMs());
  // Each entry takes a second of this clock.
  const appendSome: LedgerPort['appendSome'] = (limit) => {
    clock.advanceMs(1000);
    return store.ledger.appendSome(limit);
  };
  const { writer } = writing({ ...store.ledger, appendSome }, clock);
  await writer.stop();
  const ended = await store.ledger.latestCheckpoint();

  expect(ended?.seq).toBeLessThan(10);
  expect(await store.ledger.head()).toMatchObject({ seq: ended?.seq });
  const next = writing(store.ledger, clock);
  await waitUntil('all entries', async () => (await store.ledger.head())?.seq === 50);
  await next.writer.stop();
  expect(await store.ledger.latestCheckpoint()).toMatchObject({ seq: 50 });
});

it('takes in and signs at the end what it had not seen yet', async () => {
  const { store } = storeFile();
  const clock = fakeClock();
  const { writer } = writing(store.ledger, clock);
  await addAction(store, 'last', clock.nowMs());
  await writer.stop();

  expect(shortRows(await wholeLedger(store))).toEqual(['1 action last']);
  expect(await store.ledger.latestCheckpoint()).toMatchObject({ seq: 1 });
});

it('says once that it cannot write, and goes on where it was when it can', async () => {
  const { store } = storeFile();
  const clock = fakeClock();
  let isFull = true;
  const ledger: LedgerPort = {
    ...store.ledger,
    appendSome: (limit) => (isFull ? Promise.reject(new Error('disk full')) : store.ledger.appendSome(limit)),
  };
  await addAction(store, 'kept', clock.nowMs());
  const { writer, lines } = writing(ledger, clock);
  await waitUntil('the complaint', () => lines.length === 1);
  isFull = false;
  await writer.stop();

  expect(lines).toEqual([
    expect.stringMatching(/ error the ledger cannot be written; it is tried again cause="disk full"\n$/),
  ]);
  expect(shortRows(await wholeLedger(store))).toEqual(['1 action kept']);
});
