import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedgerWriter } from '../../collector/ledger/writer.ts';
import { exportedFrom, verify } from '../../collector/ledger/verify/verify.test-kit.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { createLogger } from '../../shared/logger.ts';
import { createKeyPair } from '../../shared/signing.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { addActions, shortRows, wholeLedger } from '../kit/ledger-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

const needed = needs({ root: true, linux: true, tools: ['mount', 'umount'] });
const actionCount = 300;

/** A disk of its own with four megabytes. */
function smallDisk(): string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

/** Takes every byte that is left, until the file is removed. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096, 1));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    closeSync(file);
  }
}

describe.skipIf(!needed.ok)(`the ledger on a disk that is full ${needed.reason}`, () => {
  it('waits, says so once, and goes on with nothing lost and nothing doubled when there is room', async () => {
    const folder = smallDisk();
    const path = join(folder, 'pantau.db');
    const [store, keys, clock] = [openSqliteStore(path), createKeyPair(), fakeClock()];
    onTestFinished(() => store.close());
    await addActions(
      store,
      Array.from({ length: actionCount }, (_, place) => `action-${place}`),
      clock.nowMs(),
    );
    fill(join(folder, 'ballast'));
    const lines: string[] = [];
    const logger = createLogger(
      (line) => void lines.push(line),
      () => clock.nowMs(),
    );
    const writer = createLedgerWriter({ ledger: store.ledger, privateKey: keys.privateKey, clock, logger });
    writer.start();
    onTestFinished(() => writer.stop());
    await waitUntil('the complaint', () => lines.length > 0);

    rmSync(join(folder, 'ballast'));
    await writer.stop();

    expect(lines).toEqual([
      expect.stringMatching(
        / error the ledger cannot be written; it is tried again cause="database or disk is full"\n$/,
      ),
    ]);
    expect(shortRows(await wholeLedger(store))).toEqual(
      Array.from({ length: actionCount }, (_, place) => `${place + 1} action action-${place}`),
    );
    expect(await verify(exportedFrom(path, keys), keys)).toMatchObject({ entryCount: actionCount });
  });
});
