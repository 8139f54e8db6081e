import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { borgBench, borgPassphrase } from '../borg/repository.test-kit.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';
import { commitEntry } from './segment-check.ts';
import type { VaultReport } from './vault-report.ts';
import { states, vaultBench } from './vault-reader.test-kit.ts';

const needed = needs({ tools: ['borg'] });

/** What borg made once for this file; making it takes seconds. */
let template: string | undefined;
afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true, force: true });
});

function makeTemplate(): string {
  const { folder, borg } = borgBench();
  borg('create', '::malam-1', 'source');
  const kept = mkdtempSync(join(tmpdir(), 'pantau-borg-'));
  cpSync(folder, kept, { recursive: true, preserveTimestamps: true });
  return kept;
}

/** A repository with one archive in the vault, where borg goes on writing to it. */
function borgVault(coverSeconds = 30 * 86_400) {
  template ??= makeTemplate();
  const folder = temporaryFolder();
  cpSync(template, folder, { recursive: true, preserveTimestamps: true });
  const repository = join(folder, 'repository');
  const env = {
    PATH: systemPath,
    HOME: folder,
    BORG_BASE_DIR: join(folder, 'job'),
    BORG_REPO: repository,
    BORG_PASSPHRASE: borgPassphrase,
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
  };
  const borg = (...args: string[]) =>
    execFileSync('borg', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, env });
  const bench = vaultBench(['repository'], { root: folder, coverSeconds });
  const segments = () => readdirSync(join(repository, 'data/0')).toSorted((one, other) => Number(one) - Number(other));
  return {
    ...bench,
    repository,
    borg,
    segments,
    pathOf: (segment: string) => join(repository, 'data/0', segment),
    largest: () => segments().toSorted((a, b) => sizeOf(repository, b) - sizeOf(repository, a))[0] ?? '',
    /** What borg itself says: true when it finds no fault. */
    isWholeForBorg: () => spawnSync('borg', ['check', '--repository-only'], { env, cwd: folder }).status === 0,
  };
}

const sizeOf = (repository: string, segment: string) => statSync(join(repository, 'data/0', segment)).size;

async function untilDamaged(look: () => Promise<VaultReport>): Promise<VaultReport> {
  for (let count = 0; count < 20; count++) {
    const report = await look();
    if ((report.holdings[0]?.integrity?.damagedCount ?? 0) > 0) return report;
  }
  throw new Error('Nothing damaged was ever told.');
}

describe.skipIf(!needed.ok)(`a borg repository in a vault ${needed.reason}`, () => {
  it('arrives as its last commits, read and found whole without key and without borg', async () => {
    const { repository, borg, look, segments, pathOf } = borgVault();
    const { arrivals, holdings, vaultScans } = await look();
    const info = JSON.parse(borg('info', '--json')) as { repository: { id: string } };
    const newest = segments().at(-1) ?? '';
    expect(arrivals[0]).toEqual({
      vault: 'utama',
      pd: 'dinkes',
      dataset: 'repository',
      kind: 'borg',
      objectName: `commit-${newest}`,
      repositoryId: info.repository.id,
      modifiedAt: new Date(Math.floor(statSync(pathOf(newest)).mtimeMs)).toISOString(),
      arrivedAt: expect.any(String) as string,
      state: 'present',
    });
    const count = segments().length;
    expect(holdings).toMatchObject([
      {
        kind: 'borg',
        repositoryId: info.repository.id,
        fileCount: count,
        sizeBytes: segments().reduce((sum, segment) => sum + sizeOf(repository, segment), 0),
        newestAt: arrivals[0]?.modifiedAt,
        integrity: { checkedCount: count, totalCount: count, damagedCount: 0 },
      },
    ]);
    expect(holdings[0]?.copyCount).toBeUndefined();
    expect(vaultScans[0]?.problems).toEqual([]);
  });

  it('tells of each further commit, also after deleting and compacting', async () => {
    const { borg, look, segments, isWholeForBorg } = borgVault();
    await look();
    const told = new Set<string>();
    for (const work of [
      ['create', '::malam-2', 'source'],
      ['delete', '::malam-1'],
      ['compact', '--threshold=0'],
    ]) {
      borg(...work);
      const { arrivals, holdings } = await look();
      expect(arrivals[0]?.objectName).toBe(`commit-${segments().at(-1)}`);
      expect(arrivals.every(({ objectName, state }) => state === 'present' && !told.has(objectName))).toBe(true);
      for (const { objectName } of arrivals) told.add(objectName);
      expect(holdings).toMatchObject([{ integrity: { damagedCount: 0 } }]);
    }
    expect(isWholeForBorg()).toBe(true);
    expect(told.size).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['with a flipped byte', (path: string) => flipByte(path, Math.floor(statSync(path).size / 2))],
    ['with a flipped byte at its beginning', (path: string) => flipByte(path, 3)],
    ['that is cut short', (path: string) => truncateSync(path, statSync(path).size - 5)],
    ['that is empty', (path: string) => truncateSync(path, 0)],
    ['with something behind its end', (path: string) => appendFileSync(path, 'junk')],
  ])('is damaged by a segment %s, as borg says too', async (_, damage) => {
    const { look, largest, pathOf, isWholeForBorg } = borgVault(300);
    await look();
    const victim = largest();
    damage(pathOf(victim));
    const { holdings } = await untilDamaged(look);
    expect(holdings).toMatchObject([{ kind: 'borg', integrity: { damagedCount: 1, damaged: [`data/0/${victim}`] } }]);
    expect(isWholeForBorg()).toBe(false);
  });

  it('is damaged by a segment that lost whole entries, and stays so over a restart', async () => {
    const { look, largest, pathOf, isWholeForBorg, restart } = borgVault(300);
    await look();
    const victim = largest();
    const bytes = readFileSync(pathOf(victim));
    // Behind the first entry.
    truncateSync(pathOf(victim), 8 + bytes.readUInt32LE(8 + 4));
    const damaged = [`data/0/${victim}`];
    expect((await untilDamaged(look)).holdings).toMatchObject([{ integrity: { damaged } }]);
    for (let count = 0; count < 8; count++) await look();
    await restart();
    expect((await look()).holdings).toMatchObject([{ integrity: { damaged } }]);
    expect(isWholeForBorg()).toBe(false);
  });

  it('that arrived with a damaged last commit is damaged', async () => {
    const { look, segments, pathOf, borg } = borgVault();
    const last = segments().at(-1) ?? '';
    flipByte(pathOf(last), statSync(pathOf(last)).size - 1);
    const { arrivals, holdings } = await look();
    expect(arrivals.map(({ objectName }) => objectName)).not.toContain(`commit-${last}`);
    expect(holdings).toMatchObject([{ integrity: { damagedCount: 1, damaged: [`data/0/${last}`] } }]);
    // For borg the last backup is not there any more.
    expect(() => borg('list')).toThrow('newer than repository');
  });

  it('whose broken last transaction borg has written anew is whole again', async () => {
    const { root, look, segments, pathOf, borg, isWholeForBorg } = borgVault(300);
    await look();
    const last = segments().at(-1) ?? '';
    const before = segments();
    flipByte(pathOf(last), statSync(pathOf(last)).size - 1);
    await untilDamaged(look);
    // What borg remembers of the repository is newer than the repository.
    rmSync(join(root, 'job'), { recursive: true });
    borg('create', '::malam-2', 'source');
    expect(segments().filter((segment) => before.includes(segment))).toContain(last);
    for (let count = 0; count < 8; count++) await look();
    const { holdings } = await afterHour(look);
    const count = segments().length;
    expect(holdings).toMatchObject([{ integrity: { damagedCount: 0, checkedCount: count, totalCount: count } }]);
    expect(isWholeForBorg()).toBe(true);
  });

  it('that is being written to is not damaged, and its next commit is told when it is there', async () => {
    const { look, segments, pathOf } = borgVault();
    const newest = Number(segments().at(-1));
    await look();
    const growing = pathOf(String(newest + 1));
    writeFileSync(growing, readFileSync(pathOf(String(newest))).subarray(0, 8));
    appendFileSync(growing, Buffer.from([1, 2, 3]));
    expect(await look()).toMatchObject({ arrivals: [], holdings: [{ integrity: { damagedCount: 0 } }] });
    truncateSync(growing, 8);
    appendFileSync(growing, commitEntry);
    const report = await look();
    expect(states(report)).toEqual([`present commit-${newest + 1}`]);
    expect(report.holdings).toMatchObject([{ integrity: { damagedCount: 0 }, fileCount: segments().length }]);
  });

  it('whose config is damaged is still known and checked, and says so', async () => {
    const { repository, look } = borgVault();
    writeFileSync(join(repository, 'config'), 'x');
    const { holdings } = await look();
    expect(holdings).toMatchObject([{ kind: 'borg', reason: 'config-damaged', integrity: { damagedCount: 0 } }]);
    expect(holdings[0]?.repositoryId).toBeUndefined();
  });

  it('of a format that is not known is not judged', async () => {
    const { repository, look } = borgVault();
    const config = readFileSync(join(repository, 'config'), 'utf8');
    writeFileSync(join(repository, 'config'), config.replace('version = 1', 'version = 2'));
    expect((await look()).holdings).toMatchObject([{ kind: 'borg', reason: 'borg-format-2-is-not-supported' }]);
  });

  it('that is made anew in the same place is another repository', async () => {
    const { repository, look, segments } = borgVault(300);
    const [first] = (await look()).holdings;
    rmSync(repository, { recursive: true });
    const other = borgBench();
    cpSync(other.repository, repository, { recursive: true, preserveTimestamps: true });
    await look();
    for (let count = 0; count < 8; count++) await look();
    const { holdings, arrivals } = await afterHour(look);
    expect(holdings).toMatchObject([{ integrity: { damagedCount: 0 }, fileCount: segments().length }]);
    expect(holdings[0]?.repositoryId).not.toBe(first?.repositoryId);
    expect(arrivals[0]?.objectName).toBe(`commit-${segments().at(-1)}`);
  });
});

async function afterHour(look: () => Promise<VaultReport>): Promise<VaultReport> {
  let report = await look();
  for (let minute = 0; minute < 61 && report.holdings.length === 0; minute++) report = await look();
  return report;
}

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}
