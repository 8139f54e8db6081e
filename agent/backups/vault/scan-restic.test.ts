import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import { resticBench } from '../restic/repository.test-kit.ts';
import type { VaultReport } from './vault-report.ts';
import { minuteMs, states, vaultBench } from './vault-reader.test-kit.ts';

const needed = needs({ tools: ['restic'] });
const ids = (repository: string) => readdirSync(join(repository, 'snapshots')).toSorted();
const packs = (repository: string) =>
  readdirSync(join(repository, 'data')).flatMap((folder) =>
    readdirSync(join(repository, 'data', folder)).map((name) => `data/${folder}/${name}`),
  );

/** A repository with two snapshots in the vault, where restic goes on writing to it. */
function resticVault(coverSeconds = 30 * 86_400) {
  const { folder, repository, restic } = resticBench();
  const bench = vaultBench(['repository'], { root: folder, coverSeconds });
  return { ...bench, repository, restic, source: join(folder, 'source') };
}

function flipByte(path: string, at = 0): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
}

/** Looks until the holding says that something is damaged. */
async function untilDamaged(look: () => Promise<VaultReport>): Promise<VaultReport> {
  for (let count = 0; count < 20; count++) {
    const report = await look();
    if ((report.holdings[0]?.integrity?.damagedCount ?? 0) > 0) return report;
  }
  throw new Error('Nothing damaged was ever told.');
}

describe.skipIf(!needed.ok)(`a restic repository in a vault ${needed.reason}`, () => {
  it('arrives as its snapshots, read and found whole without the password', async () => {
    const { repository, look } = resticVault();
    const { arrivals, holdings, vaultScans } = await look();
    const [newer] = arrivals;
    expect(arrivals.map(({ objectId = '' }) => objectId).toSorted()).toEqual(ids(repository));
    expect(newer).toEqual({
      vault: 'utama',
      pd: 'dinkes',
      dataset: 'repository',
      kind: 'restic',
      objectName: `snapshots/${newer?.objectId}`,
      objectId: newer?.objectId,
      sha256: newer?.objectId,
      modifiedAt: expect.any(String) as string,
      arrivedAt: expect.any(String) as string,
      verifiedAt: expect.any(String) as string,
      state: 'present',
    });
    const fileCount = packs(repository).length + 2 + readdirSync(join(repository, 'index')).length + 1;
    expect(holdings).toMatchObject([
      {
        kind: 'restic',
        copyCount: 2,
        fileCount,
        newestAt: newer?.modifiedAt,
        integrity: { checkedCount: fileCount, totalCount: fileCount, damagedCount: 0, damaged: [] },
      },
    ]);
    expect(holdings[0]?.repositoryId).toBeUndefined();
    expect(vaultScans[0]?.problems).toEqual([]);
  });

  it('tells of each further snapshot, and of those that are forgotten', async () => {
    const { repository, restic, look, source } = resticVault();
    await look();
    const before = ids(repository);
    writeFileSync(join(source, 'baru.sql'), 'z'.repeat(5000));
    restic('backup', 'source');
    const added = ids(repository).find((id) => !before.includes(id)) ?? '';
    const report = await look();
    expect(report.arrivals).toMatchObject([{ state: 'present', objectId: added }]);
    expect(report.holdings).toMatchObject([{ copyCount: 3 }]);
    restic('forget', added, '--prune');
    expect(await look()).toMatchObject({
      arrivals: [{ state: 'gone', reason: 'vanished', objectId: added }],
      holdings: [{ copyCount: 2, integrity: { damagedCount: 0 } }],
    });
  });

  it('is found damaged when a byte of a pack is flipped, and no snapshot is accused', async () => {
    const { repository, look } = resticVault(300);
    await look();
    const [pack = ''] = packs(repository);
    flipByte(join(repository, pack), 10);
    const { arrivals, holdings } = await untilDamaged(look);
    expect(holdings).toMatchObject([{ kind: 'restic', integrity: { damagedCount: 1, damaged: [pack] } }]);
    expect(arrivals.filter(({ state }) => state !== 'present')).toEqual([]);
  });

  it.each([
    ['is cut short', (path: string) => truncateSync(path, 20)],
    ['is empty', (path: string) => truncateSync(path, 0)],
    ['was exchanged for another', (path: string, other: string) => cpSync(other, path)],
  ])('is found damaged when a pack %s, and whole again when it is put right', async (_, damage) => {
    const { repository, look } = resticVault(300);
    await look();
    const [pack = '', other = ''] = packs(repository);
    const good = readFileSync(join(repository, pack));
    chmodSync(join(repository, pack), 0o600);
    damage(join(repository, pack), join(repository, other));
    expect((await untilDamaged(look)).holdings).toMatchObject([{ integrity: { damaged: [pack] } }]);
    writeFileSync(join(repository, pack), good);
    const [holding] = [...(await look()).holdings, ...(await look()).holdings];
    expect(holding).toMatchObject({ integrity: { damagedCount: 0, damaged: [] } });
  });

  it('that arrived damaged is found at the first reading, the snapshot itself included', async () => {
    const { repository, look } = resticVault();
    const [first = '', second = ''] = ids(repository);
    flipByte(join(repository, 'snapshots', first));
    const { arrivals, holdings } = await look();
    expect(states({ arrivals, holdings: [], vaultScans: [] })).toEqual([
      `damaged snapshots/${first}`,
      `present snapshots/${second}`,
    ]);
    expect(arrivals.find(({ state }) => state === 'damaged')?.reason).toBe('content-does-not-match-name');
    expect(holdings).toMatchObject([{ integrity: { damagedCount: 1, damaged: [`snapshots/${first}`] } }]);
  });

  it('stays damaged over a restart until it was read again', async () => {
    const { repository, look, restart } = resticVault();
    const [pack = ''] = packs(repository);
    flipByte(join(repository, pack));
    await look();
    await restart();
    expect((await look()).holdings).toMatchObject([{ integrity: { damagedCount: 1, damaged: [pack] } }]);
  });

  it('does not read what a transfer is still bringing', async () => {
    const { repository, look, clock, lookNow, restart } = resticVault();
    const [pack = ''] = packs(repository);
    const path = join(repository, pack);
    const whole = readFileSync(path);
    renameSync(path, join(repository, `${pack}-tmp-123`));
    const { fileCount = 0 } = (await look()).holdings[0] ?? {};
    // Written under its final name, bit by bit.
    clock.jumpMs(-minuteMs);
    writeFileSync(path, whole.subarray(0, 10));
    const young = await lookNow();
    expect(young.holdings).toMatchObject([{ integrity: { checkedCount: fileCount, damagedCount: 0 } }]);
    writeFileSync(path, whole);
    const reports = [await look(), await look()];
    await restart();
    reports.push(await look());
    for (const { integrity } of reports.flatMap(({ holdings }) => holdings)) expect(integrity?.damagedCount).toBe(0);
    expect(reports.at(-1)?.holdings).toMatchObject([{ integrity: { checkedCount: fileCount + 1 } }]);
  });

  it('that lost a part is not taken for a heap of files', async () => {
    const { repository, look } = resticVault();
    await look();
    rmSync(join(repository, 'snapshots'), { recursive: true });
    const { arrivals, holdings } = await look();
    expect(arrivals.map(({ state }) => state)).toEqual(['gone', 'gone']);
    expect(holdings).toMatchObject([{ kind: 'restic', reason: 'missing: snapshots', copyCount: 0 }]);
  });

  it('reports what does not belong into it', async () => {
    const { repository, look } = resticVault();
    writeFileSync(join(repository, 'data', 'notes.txt'), 'x');
    mkdirSync(join(repository, 'index', 'inner'));
    expect((await look()).vaultScans[0]?.problems).toEqual([
      { path: 'repository/data/notes.txt', reason: 'not-of-the-repository' },
      { path: 'repository/index/inner', reason: 'not-of-the-repository' },
    ]);
  });
});
