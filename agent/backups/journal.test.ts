import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { journalId, keptEntryCount, readJournal, runsFolderOf, writeJournal } from './journal.ts';

const bytes = (seed: number) => new Uint8Array(6).fill(seed);

describe('the journal that commands leave for the agent', () => {
  it('is read in the order of time, whatever order it was written in', () => {
    const folder = runsFolderOf(temporaryFolder(), 'simda');
    const [later, earlier] = [journalId(2_000_000_000_000, bytes(1)), journalId(1_900_000_000_000, bytes(2))];
    writeJournal(folder, later, { n: 2 });
    writeJournal(folder, earlier, { n: 1 });
    expect(readJournal(folder)).toEqual([
      { id: earlier, value: { n: 1 } },
      { id: later, value: { n: 2 } },
    ]);
  });

  it('replaces an entry of the same name and keeps the newest only, up to its limit', () => {
    const folder = runsFolderOf(temporaryFolder(), 'simda');
    for (let n = 0; n < keptEntryCount + 5; n++) {
      const id = journalId(1_900_000_000_000 + n * 1000, bytes(1));
      writeJournal(folder, id, { running: n });
      writeJournal(folder, id, { done: n });
    }
    const entries = readJournal(folder);
    expect(entries).toHaveLength(keptEntryCount);
    expect(entries[0]?.value).toEqual({ done: 5 });
    expect(entries.at(-1)?.value).toEqual({ done: keptEntryCount + 4 });
  });

  it('is empty where nobody wrote, and a torn file hides no other', () => {
    const folder = runsFolderOf(temporaryFolder(), 'simda');
    expect(readJournal(folder)).toEqual([]);
    writeJournal(folder, journalId(1_900_000_000_000, bytes(1)), { n: 1 });
    writeFileSync(join(folder, '20990101T000000000Z-torn.json'), '{"n":');
    writeFileSync(join(folder, 'notes.txt'), 'x');
    expect(readJournal(folder).map(({ value }) => value)).toEqual([{ n: 1 }]);
  });

  it.skipIf(process.getuid?.() !== 0)("written by root in an agent's folder, belongs to the agent", () => {
    const dataFolder = temporaryFolder();
    chownSync(dataFolder, 65_534, 65_534);
    const folder = runsFolderOf(dataFolder, 'simda');
    writeJournal(folder, journalId(1_900_000_000_000, bytes(1)), { n: 1 });
    const [name = ''] = readdirSync(folder);
    for (const path of [join(dataFolder, 'runs'), folder, join(folder, name)]) expect(statSync(path).uid).toBe(65_534);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('goes through no link, neither that of a dataset nor that of all', () => {
    for (const names of [['runs'], ['runs', 'simda']]) {
      const [dataFolder, elsewhere] = [temporaryFolder(), temporaryFolder()];
      if (names.length > 1) mkdirSync(join(dataFolder, 'runs'));
      mkdirSync(join(elsewhere, 'simda'));
      const link = join(dataFolder, ...names);
      symlinkSync(elsewhere, link);
      expect(() => writeJournal(runsFolderOf(dataFolder, 'simda'), journalId(1_900_000_000_000, bytes(1)), {})).toThrow(
        expect.objectContaining({
          code: 'unsafe-journal',
          message: `${link} is not a folder but a symbolic link; nothing is written there; run "rm ${link}"`,
        }),
      );
      expect([...readdirSync(elsewhere), ...readdirSync(join(elsewhere, 'simda'))]).toEqual(['simda']);
    }
  });

  it('refuses a file in the place of its folder', () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'runs'), 'x');
    expect(() => writeJournal(runsFolderOf(dataFolder, 'simda'), journalId(1_900_000_000_000, bytes(1)), {})).toThrow(
      `${join(dataFolder, 'runs')} is not a folder; nothing is written there; run "rm ${join(dataFolder, 'runs')}"`,
    );
  });

  it.skipIf(process.getuid?.() !== 0)("written by root, does only what the agent's user could do itself", () => {
    const dataFolder = temporaryFolder();
    const own = join(temporaryFolder(), 'of-root');
    writeFileSync(own, 'milik root', { mode: 0o600 });
    chownSync(dataFolder, 65_534, 65_534);
    const folder = runsFolderOf(dataFolder, 'simda');
    const id = journalId(1_900_000_000_000, bytes(1));
    writeJournal(folder, id, { n: 1 });
    // The agent's user knows the name of a run that goes on.
    symlinkSync(own, join(folder, `${id}.json.new`));
    expect(() => writeJournal(folder, id, { n: 2 })).toThrow(/EACCES/);
    expect(readFileSync(own, 'utf8')).toBe('milik root');
    expect([statSync(own).uid, process.geteuid?.(), process.getegid?.()]).toEqual([0, 0, 0]);
  });

  it('reads files only, and waits for no pipe', () => {
    const [dataFolder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const folder = runsFolderOf(dataFolder, 'simda');
    writeJournal(folder, '20260101T000000000Z-a', { n: 1 });
    writeFileSync(join(elsewhere, 'x.json'), '{"n":2}');
    symlinkSync(join(elsewhere, 'x.json'), join(folder, '20260101T000000000Z-b.json'));
    execFileSync('mkfifo', [join(folder, '20260101T000000000Z-c.json')]);
    mkdirSync(join(folder, '20260101T000000000Z-d.json'));
    expect(readJournal(folder).map(({ value }) => value)).toEqual([{ n: 1 }]);
  });
});
