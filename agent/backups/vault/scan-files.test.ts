import { createHash } from 'node:crypto';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { minuteMs, states, vaultBench } from './vault-reader.test-kit.ts';

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const longAgoSeconds = 1_790_000_000;
/** Changes bytes and leaves size and time as they are, as a disk that rots does; the first time makes the file. */
function rot(path: string, content: string): void {
  writeFileSync(path, content);
  utimesSync(path, longAgoSeconds, longAgoSeconds);
}

describe('plain files in a vault', () => {
  it('arrive with name, size, time and hash, at any depth', async () => {
    const { root, write, look } = vaultBench(['dinkes/simpus']);
    write('dinkes/simpus/db.sql', 'halo');
    write('dinkes/simpus/2026/11/db.sql', 'apa kabar');
    utimesSync(join(root, 'dinkes/simpus/db.sql'), longAgoSeconds, longAgoSeconds + 0.25);
    const { arrivals, holdings, vaultScans } = await look();
    const arrivedAtMs = Date.parse(arrivals[1]?.arrivedAt ?? '');
    expect(arrivals[1]).toEqual({
      vault: 'utama',
      pd: 'dinkes',
      dataset: 'dinkes-simpus',
      kind: 'file',
      objectName: 'db.sql',
      modifiedAt: '2026-09-21T14:13:20.250Z',
      arrivedAt: new Date(arrivedAtMs).toISOString(),
      sizeBytes: 4,
      sha256: sha256('halo'),
      state: 'present',
    });
    expect(arrivedAtMs).toBe(Math.floor(statSync(join(root, 'dinkes/simpus/db.sql')).ctimeMs));
    expect(arrivals[0]).toMatchObject({ objectName: '2026/11/db.sql', sizeBytes: 9, sha256: sha256('apa kabar') });
    expect(holdings).toMatchObject([
      {
        vault: 'utama',
        pd: 'dinkes',
        dataset: 'dinkes-simpus',
        kind: 'files',
        copyCount: 2,
        fileCount: 2,
        sizeBytes: 13,
        newestAt: arrivals[0]?.modifiedAt,
        integrity: { checkedCount: 2, totalCount: 2, damagedCount: 0, damaged: [] },
      },
    ]);
    expect(vaultScans).toMatchObject([{ vault: 'utama', location: 'pusat-data', outcome: 'ok', problemCount: 0 }]);
  });

  it('are told once, and the newest of each dataset again after an hour', async () => {
    const { write, look, clock } = vaultBench(['a']);
    write('a/1.sql', '1');
    write('a/2.sql', '2');
    expect(states(await look())).toEqual(['present 1.sql', 'present 2.sql']);
    const second = await look();
    expect([second.arrivals, second.holdings, second.vaultScans.length]).toEqual([[], [], 1]);
    clock.advanceMs(60 * minuteMs);
    const later = await look();
    expect(states(later)).toEqual(['present 2.sql']);
    expect(later.holdings).toHaveLength(1);
  });

  it('are no arrival while they are being written', async () => {
    const { root, write, look, lookNow } = vaultBench(['a']);
    write('a/db.sql', 'be');
    const young = await lookNow();
    expect(young.arrivals).toEqual([]);
    expect(young.holdings).toMatchObject([{ kind: 'files', copyCount: 0, fileCount: 1, sizeBytes: 2 }]);
    appendFileSync(join(root, 'a/db.sql'), 'gin');
    // Quiet for a minute, but not the size that the last look saw.
    expect(states(await look())).toEqual([]);
    expect(await look()).toMatchObject({ arrivals: [{ objectName: 'db.sql', sizeBytes: 5, sha256: sha256('begin') }] });
  });

  it('arrive although the clock is behind, once they were watched for long enough', async () => {
    const { write, look, clock } = vaultBench(['a']);
    clock.jumpMs(-3 * 3_600_000);
    write('a/db.sql', 'x');
    expect(states(await look())).toEqual([]);
    expect(states(await look())).toEqual(['present db.sql']);
  });

  it('that are still on the way are passed over, and reported when they were left lying', async () => {
    const { root, write, look } = vaultBench(['a']);
    for (const name of ['.db.sql.Xy12aB', 'db.sql.part', 'db.sql.filepart', 'x.TMP']) write(`a/${name}`, 'x');
    write('a/db.sql', 'x');
    utimesSync(join(root, 'a/db.sql.part'), longAgoSeconds, longAgoSeconds);
    const { arrivals, holdings, vaultScans } = await look();
    expect(arrivals.map(({ objectName }) => objectName)).toEqual(['db.sql']);
    expect(holdings).toMatchObject([{ fileCount: 1 }]);
    expect(vaultScans[0]?.problems).toEqual([{ path: 'a/db.sql.part', reason: 'unfinished-transfer' }]);
  });

  it('are gone when they vanish, and another version takes the place of one that is replaced', async () => {
    const { root, write, look } = vaultBench(['a']);
    write('a/old.sql', 'old');
    write('a/db.sql', 'first');
    const before = await look();
    rmSync(join(root, 'a/old.sql'));
    writeFileSync(join(root, 'a/new'), 'second');
    renameSync(join(root, 'a/new'), join(root, 'a/db.sql'));
    const after = await look();
    expect(states(after)).toEqual(['gone db.sql', 'gone old.sql', 'present db.sql']);
    const versions = after.arrivals.filter(({ objectName }) => objectName === 'db.sql');
    expect(versions).toMatchObject([
      { state: 'gone', reason: 'replaced', sha256: sha256('first'), modifiedAt: modifiedAtOf(before, 'db.sql') },
      { state: 'present', sha256: sha256('second') },
    ]);
    expect(states(await look())).toEqual([]);
  });

  it('are told to be gone once, also when they went while nobody looked', async () => {
    const { root, write, look, restart } = vaultBench(['a']);
    write('a/1.sql', '1');
    write('a/2.sql', '2');
    write('a/3.sql', '3');
    await look();
    rmSync(join(root, 'a/1.sql'));
    await look();
    await restart();
    expect(states(await look())).toEqual(['present 2.sql', 'present 3.sql']);
    await restart();
    rmSync(join(root, 'a/2.sql'));
    expect(states(await look())).toEqual(['gone 2.sql', 'present 3.sql']);
    await restart();
    expect(states(await look())).toEqual(['present 3.sql']);
  });

  it('are damaged when their bytes change and their time does not', async () => {
    const { root, write, look, restart } = vaultBench(['a'], { coverSeconds: 120 });
    write('a/other.sql', 'x');
    rot(join(root, 'a/db.sql'), 'baik');
    await look();
    rot(join(root, 'a/db.sql'), 'rusa');
    const { arrivals, holdings } = await readAll(look, 'damaged db.sql');
    expect(arrivals).toMatchObject([
      { state: 'damaged', reason: 'content-changed', objectName: 'db.sql', sha256: sha256('baik') },
    ]);
    expect(holdings).toMatchObject([{ integrity: { damagedCount: 1, damaged: ['db.sql'] } }]);
    await restart();
    expect(states(await look())).toContain('damaged db.sql');
    rot(join(root, 'a/db.sql'), 'baik');
    const repaired = await readAll(look, 'present db.sql');
    expect(repaired.holdings).toMatchObject([{ integrity: { damagedCount: 0, damaged: [] } }]);
  });

  it('are all read again within the time that was set', async () => {
    const { write, look, lookNow, clock } = vaultBench(['a'], { coverSeconds: 600 });
    for (let number = 0; number < 20; number++) write(`a/${number}.sql`, `content ${number}`);
    const first = await look();
    expect(first.arrivals.every(({ verifiedAt }) => verifiedAt === undefined)).toBe(true);
    const verified = new Set<string>();
    for (let step = 0; step < 30; step++) {
      clock.advanceMs(20_000);
      const { arrivals } = await lookNow();
      for (const { objectName, verifiedAt } of arrivals) if (verifiedAt !== undefined) verified.add(objectName);
    }
    expect(verified.size).toBe(20);
    clock.advanceMs(60 * minuteMs);
    const [holding] = (await look()).holdings;
    expect(holding?.integrity?.coveredSince).toBeDefined();
  });

  it('are read again at once when their inode changed and nothing else', async () => {
    const { root, look } = vaultBench(['a']);
    mkdirSync(join(root, 'a'));
    rot(join(root, 'a/db.sql'), 'baik');
    await look();
    rot(join(root, 'a/db.sql'), 'rusa');
    // Its turn would come in three weeks.
    expect((await readAll(look, 'damaged db.sql')).holdings).toMatchObject([{ integrity: { damagedCount: 1 } }]);
  });

  it('whose checks lie in the future are read again', async () => {
    const { write, look, clock, restart } = vaultBench(['a']);
    write('a/db.sql', 'x');
    clock.jumpMs(400 * 86_400_000);
    await look();
    clock.jumpMs(-400 * 86_400_000);
    await restart();
    clock.advanceMs(minuteMs);
    const [arrival] = (await look()).arrivals;
    expect(Date.parse(arrival?.verifiedAt ?? '')).toBeLessThanOrEqual(clock.nowMs());
  });

  it('are not read again when they are only given another name', async () => {
    const { root, write, look } = vaultBench(['a'], { hashBytesPerSecond: 400_000 });
    for (const number of [1, 2]) write(`a/db.${number}.gz`, Buffer.alloc(500_000, `${number}`));
    const firstAtMs = performance.now();
    const before = await look();
    const firstMs = performance.now() - firstAtMs;
    for (const number of [2, 1]) renameSync(join(root, `a/db.${number}.gz`), join(root, `a/db.${number + 1}.gz`));
    const beganAtMs = performance.now();
    const after = await look();
    // The cap makes reading them once more take as long as the first time.
    expect(performance.now() - beganAtMs).toBeLessThan(firstMs / 2);
    expect(states(after)).toEqual(['gone db.1.gz', 'gone db.2.gz', 'present db.2.gz', 'present db.3.gz']);
    const hashOf = (report: typeof before, name: string) =>
      report.arrivals.find(({ objectName, state }) => objectName === name && state === 'present')?.sha256;
    expect(hashOf(after, 'db.2.gz')).toBe(hashOf(before, 'db.1.gz'));
  });

  it('that are large are waited for as well', async () => {
    const { write, look } = vaultBench(['a'], { hashBytesPerSecond: 2_000_000 });
    write('a/large.img', Buffer.alloc(600_000));
    write('a/small.sql', 'x');
    const { arrivals } = await look();
    expect(arrivals.map(({ sha256 }) => typeof sha256)).toEqual(['string', 'string']);
  });

  it('count once for each name of the same file', async () => {
    const { root, write, look } = vaultBench(['a']);
    write('a/daily.0/db.sql', 'x');
    mkdirSync(join(root, 'a/daily.1'));
    linkSync(join(root, 'a/daily.0/db.sql'), join(root, 'a/daily.1/db.sql'));
    expect(states(await look())).toEqual(['present daily.0/db.sql', 'present daily.1/db.sql']);
  });

  it('are told newest first, 32 of each dataset', async () => {
    const { root, write, look } = vaultBench(['a']);
    for (let number = 0; number < 40; number++) {
      write(`a/${number}.sql`, 'x');
      utimesSync(join(root, `a/${number}.sql`), longAgoSeconds + number, longAgoSeconds + number);
    }
    const { arrivals, holdings } = await look();
    expect(arrivals.map(({ objectName }) => objectName)).toEqual(
      Array.from({ length: 32 }, (_, index) => `${39 - index}.sql`),
    );
    expect(holdings).toMatchObject([{ copyCount: 40 }]);
    rmSync(join(root, 'a/39.sql'));
    expect(states(await look())).toEqual(['gone 39.sql', 'present 7.sql']);
  });
});

it('leaves the vault and its times of access as they are', async () => {
  const { root, write, look } = vaultBench(['a']);
  write('a/db.sql', 'x');
  utimesSync(join(root, 'a/db.sql'), 1_000_000_000, 1_000_000_000);
  const before = statSync(join(root, 'a/db.sql'));
  await look();
  const after = statSync(join(root, 'a/db.sql'));
  expect([after.atimeMs, after.mtimeMs, after.ctimeMs]).toEqual([before.atimeMs, before.mtimeMs, before.ctimeMs]);
  expect(readFileSync(join(root, 'a/db.sql'), 'utf8')).toBe('x');
});

/** Looks until something is told, at most as often as everything comes up again. */
async function readAll(look: ReturnType<typeof vaultBench>['look'], wanted: string) {
  for (let count = 0; count < 4; count++) {
    const report = await look();
    if (states(report).includes(wanted)) return report;
  }
  throw new Error(`never told: ${wanted}`);
}

function modifiedAtOf(report: Awaited<ReturnType<ReturnType<typeof vaultBench>['look']>>, name: string) {
  return report.arrivals.find(({ objectName }) => objectName === name)?.modifiedAt;
}
