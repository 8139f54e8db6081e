import { maxVaultRows, noVaultReport, type VaultReport } from '../../agent/backups/vault/vault-report.ts';
import type { VaultConfig } from '../../shared/agent-config-schema.ts';
import type { ReportArrival, ReportHolding, ReportVaultScan } from '../../shared/report-schema.ts';
import type { CopiesOf, VaultCopy } from './vault-copies.ts';

/** What an agent with the role `vault` says of the vaults that it reads. */
export interface VaultReader {
  /** What is new since the last look, as much as fits into one report; the rest comes with the next look. */
  look(atMs: number): VaultReport;
}

export interface VaultReaderOptions {
  vaults: readonly VaultConfig[];
  copiesOf: CopiesOf;
  /** Paths below the root that belong to no dataset. */
  unowned: readonly string[];
}

const restateAfterMs = 3_600_000;

/** A vault as the reader knows it from its last scan. */
interface KnownVault {
  config: VaultConfig;
  /** By dataset, then by the object's identity. */
  arrivals: Map<string, ReadonlyMap<string, ReportArrival>>;
  /** What was last said of each dataset, as text. */
  holdings: Map<string, string>;
  scannedAtMs: number;
  restatedAtMs: number;
}

/**
 * A reader of vaults that exist only in the simulation. It scans as often as it is told to and says what is new; once an
 * hour it says again what it holds of each dataset, and its newest copy.
 */
export function createVaultReader({ vaults, copiesOf, unowned }: VaultReaderOptions): VaultReader {
  const known = vaults.map((config): KnownVault => {
    const nothing = { arrivals: new Map(), holdings: new Map() };
    return { config, ...nothing, scannedAtMs: -Infinity, restatedAtMs: -Infinity };
  });
  const waiting = noVaultReport();
  return {
    look(atMs) {
      for (const vault of known) {
        if (atMs - vault.scannedAtMs < vault.config.scanEverySeconds * 1000) continue;
        vault.scannedAtMs = atMs;
        const seen = scan(vault, { copiesOf, unowned, atMs });
        waiting.arrivals.push(...seen.arrivals);
        waiting.holdings.push(...seen.holdings);
        waiting.vaultScans.push(...seen.vaultScans);
      }
      return {
        arrivals: waiting.arrivals.splice(0, maxVaultRows.arrivals),
        holdings: waiting.holdings.splice(0, maxVaultRows.holdings),
        vaultScans: waiting.vaultScans.splice(0, maxVaultRows.vaultScans),
      };
    },
  };
}

type Look = Omit<VaultReaderOptions, 'vaults'> & { atMs: number };

function scan(vault: KnownVault, { copiesOf, unowned, atMs }: Look): VaultReport {
  const isRestating = atMs - vault.restatedAtMs >= restateAfterMs;
  if (isRestating) vault.restatedAtMs = atMs;
  const ranked: { rank: number; row: ReportArrival }[] = [];
  const holdings: ReportHolding[] = [];
  let entryCount = unowned.length;
  for (const owner of vault.config.datasets) {
    const key = `${owner.pd}/${owner.dataset}`;
    const copies = copiesOf(owner, atMs);
    entryCount += copies.length;
    const rows = copies.map((copy) => arrivalRow(vault.config, owner, copy));
    ranked.push(...newsOf(vault.arrivals.get(key), rows, isRestating));
    vault.arrivals.set(key, new Map(rows.map((row) => [identityOf(row), row])));
    const holding = holdingRow(vault.config, owner, copies);
    const text = JSON.stringify(holding);
    if (isRestating || vault.holdings.get(key) !== text) holdings.push(holding);
    vault.holdings.set(key, text);
  }
  // The newest of each dataset before the second of any.
  const arrivals = ranked.toSorted((a, b) => a.rank - b.rank).map(({ row }) => row);
  return { arrivals, holdings, vaultScans: [scanRow(vault.config, { unowned, entryCount, atMs })] };
}

/** @param rows newest first. @returns what differs from the last scan, and what is not there any more. */
function newsOf(
  before: ReadonlyMap<string, ReportArrival> = new Map(),
  rows: readonly ReportArrival[],
  isRestating: boolean,
): { rank: number; row: ReportArrival }[] {
  const left = new Map(before);
  const news: { rank: number; row: ReportArrival }[] = [];
  for (const [rank, row] of rows.entries()) {
    const known = left.get(identityOf(row));
    left.delete(identityOf(row));
    const isSame = known?.sha256 === row.sha256 && known?.sizeBytes === row.sizeBytes;
    if (!isSame || (isRestating && rank === 0)) news.push({ rank, row });
  }
  for (const row of left.values()) news.push({ rank: 0, row: { ...row, state: 'gone', reason: 'vanished' } });
  return news;
}

function identityOf({ modifiedAt, objectName }: ReportArrival): string {
  return `${modifiedAt} ${objectName}`;
}

type Owner = VaultConfig['datasets'][number];

function arrivalRow({ id: vault }: VaultConfig, { pd, dataset }: Owner, copy: VaultCopy): ReportArrival {
  const { objectName, modifiedAtMs, arrivedAtMs, sizeBytes, sha256 } = copy;
  return {
    vault,
    pd,
    dataset,
    kind: 'file',
    objectName,
    modifiedAt: new Date(modifiedAtMs).toISOString(),
    arrivedAt: new Date(arrivedAtMs).toISOString(),
    sizeBytes,
    sha256,
    state: 'present',
  };
}

function holdingRow({ id: vault }: VaultConfig, { pd, dataset }: Owner, copies: readonly VaultCopy[]): ReportHolding {
  const [newest] = copies;
  if (newest === undefined) return { vault, pd, dataset, kind: 'empty', fileCount: 0, sizeBytes: 0 };
  const fileCount = copies.length;
  // Each file was read once, when it came.
  const coveredSinceMs = Math.min(...copies.map(({ arrivedAtMs }) => arrivedAtMs));
  const checked = { checkedCount: fileCount, totalCount: fileCount, damagedCount: 0, damaged: [] };
  return {
    vault,
    pd,
    dataset,
    kind: 'files',
    copyCount: fileCount,
    fileCount,
    sizeBytes: copies.reduce((sum, copy) => sum + copy.sizeBytes, 0),
    newestAt: new Date(newest.modifiedAtMs).toISOString(),
    integrity: { ...checked, coveredSince: new Date(coveredSinceMs).toISOString() },
  };
}

function scanRow(
  { id: vault, location }: VaultConfig,
  { unowned, entryCount, atMs }: Pick<Look, 'unowned' | 'atMs'> & { entryCount: number },
): ReportVaultScan {
  return {
    vault,
    location,
    scannedAt: new Date(atMs).toISOString(),
    // A walk over a disk takes about half a millisecond an entry.
    durationSeconds: Math.round(entryCount / 2) / 1000,
    outcome: 'ok',
    entryCount,
    unownedCount: unowned.length,
    unowned: [...unowned],
    problemCount: 0,
    problems: [],
  };
}
