import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import type { VaultReport } from '../../agent/backups/vault/vault-report.ts';
import type { VaultConfig } from '../../shared/agent-config-schema.ts';
import { EnvelopeSchema } from '../../shared/report-schema.ts';
import { createSimulatedAgent } from './simulated-agent.ts';
import type { VaultCopy } from './vault-copies.ts';
import { createVaultReader } from './vault-reader.ts';

const startMs = Date.parse('2026-11-22T03:00:00Z');
const minuteMs = 60_000;
const unowned = ['dukcapil/salinan-lama.sql', 'titipan/arsip-2023.zip'];

function brankas(datasetCount: number): VaultConfig {
  return {
    id: 'brankas',
    location: 'pusat-data',
    root: '/srv/brankas',
    hashBytesPerSecond: 50_000_000,
    coverSeconds: 30 * 86_400,
    scanEverySeconds: 60,
    datasets: Array.from({ length: datasetCount }, (_, index) => ({
      pd: `pd-${index}`,
      dataset: 'arsip',
      path: `pd-${index}/arsip`,
    })),
  };
}

/** @param age 0 for the newest; each is a day older than the one before. */
function copy(age: number, sizeBytes = 1000): VaultCopy {
  const modifiedAtMs = startMs - age * 86_400_000 - 8 * 3_600_000;
  const sha256 = String(sizeBytes).padStart(64, '0');
  return { objectName: `arsip-${age}.tar.zst`, modifiedAtMs, arrivedAtMs: modifiedAtMs + 300_000, sizeBytes, sha256 };
}

const counts = ({ arrivals, holdings, vaultScans }: VaultReport) => [
  arrivals.length,
  holdings.length,
  vaultScans.length,
];

/** A reader of one dataset whose copies the test changes. */
function readerOfOne(copies: VaultCopy[]) {
  const world = { copies };
  const reader = createVaultReader({ vaults: [brankas(1)], copiesOf: () => world.copies, unowned });
  return { world, look: (minute: number) => reader.look(startMs + minute * minuteMs) };
}

describe('a simulated reader of vaults', () => {
  it('tells copies, holdings and what belongs to nobody in the words of a real one', () => {
    const { look } = readerOfOne([copy(0, 400), copy(1, 600)]);
    const owner = { vault: 'brankas', pd: 'pd-0', dataset: 'arsip' };
    const file = { ...owner, kind: 'file', state: 'present' };
    expect(look(0)).toEqual({
      arrivals: [
        {
          ...file,
          objectName: 'arsip-0.tar.zst',
          modifiedAt: '2026-11-21T19:00:00.000Z',
          arrivedAt: '2026-11-21T19:05:00.000Z',
          sizeBytes: 400,
          sha256: '400'.padStart(64, '0'),
        },
        {
          ...file,
          objectName: 'arsip-1.tar.zst',
          modifiedAt: '2026-11-20T19:00:00.000Z',
          arrivedAt: '2026-11-20T19:05:00.000Z',
          sizeBytes: 600,
          sha256: '600'.padStart(64, '0'),
        },
      ],
      holdings: [
        {
          ...owner,
          kind: 'files',
          copyCount: 2,
          fileCount: 2,
          sizeBytes: 1000,
          newestAt: '2026-11-21T19:00:00.000Z',
          integrity: {
            checkedCount: 2,
            totalCount: 2,
            damagedCount: 0,
            damaged: [],
            coveredSince: '2026-11-20T19:05:00.000Z',
          },
        },
      ],
      vaultScans: [
        {
          vault: 'brankas',
          location: 'pusat-data',
          scannedAt: '2026-11-22T03:00:00.000Z',
          durationSeconds: 0.002,
          outcome: 'ok',
          entryCount: 4,
          unownedCount: 2,
          unowned,
          problemCount: 0,
          problems: [],
        },
      ],
    });
  });

  it('scans once a minute, says what is new, and once an hour what it holds and the newest copy', () => {
    const { world, look } = readerOfOne([copy(1), copy(2)]);
    const said = [look(0), look(0.5), look(1)].map(counts);
    world.copies = [copy(0), copy(1), copy(2)];
    said.push(counts(look(1.9)), counts(look(2)));
    expect(said).toEqual([
      [2, 1, 1],
      [0, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
      [1, 1, 1],
    ]);
    const hourly = look(60);
    expect(counts(hourly)).toEqual([1, 1, 1]);
    expect(hourly.arrivals[0]?.objectName).toBe('arsip-0.tar.zst');
  });

  it('says once that a copy is gone, and that one has changed', () => {
    const { world, look } = readerOfOne([copy(0), copy(1)]);
    look(0);
    world.copies = [copy(0, 400)];
    const { arrivals, holdings } = look(1);
    expect(arrivals.map(({ objectName, state, sizeBytes }) => `${objectName} ${state} ${sizeBytes}`)).toEqual([
      'arsip-0.tar.zst present 400',
      'arsip-1.tar.zst gone 1000',
    ]);
    expect(holdings.map(({ copyCount, sizeBytes }) => [copyCount, sizeBytes])).toEqual([[1, 400]]);
    expect(counts(look(2))).toEqual([0, 0, 1]);
  });

  it('says that a dataset has no folder yet, and nothing at all when it has no vault to read', () => {
    expect(readerOfOne([]).look(0).holdings).toEqual([
      { vault: 'brankas', pd: 'pd-0', dataset: 'arsip', kind: 'empty', fileCount: 0, sizeBytes: 0 },
    ]);
    const idle = createVaultReader({ vaults: [], copiesOf: () => [copy(0)], unowned });
    expect(idle.look(startMs)).toEqual({ arrivals: [], holdings: [], vaultScans: [] });
  });

  it('never says more than a report takes, the newest copy of every dataset first, and ends with all of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 6 }), (datasetCount, copyCount) => {
        const copies = Array.from({ length: copyCount }, (_, age) => copy(age));
        const reader = createVaultReader({ vaults: [brankas(datasetCount)], copiesOf: () => copies, unowned });
        const looks = Array.from({ length: 20 }, () => reader.look(startMs));
        for (const look of looks) {
          counts(look).forEach((count, part) => expect(count).toBeLessThanOrEqual([128, 128, 8][part] ?? 0));
        }
        const arrivals = looks.flatMap((look) => look.arrivals);
        const newestFirst = copies.flatMap(({ objectName }) => Array<string>(datasetCount).fill(objectName));
        expect(arrivals.map(({ objectName }) => objectName)).toEqual(newestFirst);
        expect(new Set(arrivals.map(({ pd, objectName }) => `${pd}/${objectName}`)).size).toBe(
          datasetCount * copyCount,
        );
        expect(looks.flatMap((look) => look.holdings)).toHaveLength(datasetCount);
      }),
      { numRuns: 30 },
    );
  });

  it('leads whoever listens to what lies in the vault, whatever comes and goes, in reports that fit the schema', () => {
    const agent = createSimulatedAgent({ seed: 1, intervalSeconds: 60, pd: 'diskominfo', node: 'pemantau' });
    const vaultAtTimes = fc.array(fc.uniqueArray(fc.nat(8), { maxLength: 6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(vaultAtTimes, (times) => {
        const { world, look } = readerOfOne([]);
        const heard = new Map<string, string>();
        for (const [minute, ages] of times.entries()) {
          world.copies = ages.toSorted((a, b) => a - b).map((age) => copy(age, 1000 + (minute % 2)));
          const takenAtMs = startMs + minute * minuteMs;
          const report = agent.report({ takenAtMs, ...look(minute) });
          expect([...Value.Errors(EnvelopeSchema, agent.envelope([report], takenAtMs))]).toEqual([]);
          for (const { objectName, state, sizeBytes } of report.arrivals ?? []) {
            if (state === 'gone') heard.delete(objectName);
            else heard.set(objectName, `${objectName} ${sizeBytes}`);
          }
          const there = world.copies.map(({ objectName, sizeBytes }) => `${objectName} ${sizeBytes}`);
          expect([...heard.values()].toSorted()).toEqual(there.toSorted());
          expect(report.vaultScans).toHaveLength(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
