import type { ReportHolding } from '../../../shared/report-schema.ts';
import { arrivalKindOf, arrivalRow, essenceOf, holdingRow } from './rows.ts';
import { maxVaultRows, noVaultReport, type VaultReport } from './vault-report.ts';
import type { FileRecord } from './file-record.ts';
import type { Vault } from './vault.ts';

/** What is new of all vaults, at most as much as fits into a report; it counts as told from now on. */
export function tell(vaults: readonly Vault[]): VaultReport {
  const rows = noVaultReport();
  for (const vault of vaults) {
    tellGone(vault, rows);
    tellHoldings(vault, rows);
    tellScan(vault, rows);
  }
  tellArrivals(vaults, rows);
  for (const { index } of vaults) index.flush();
  return rows;
}

/** From time to time things are told again, so that a lost report repairs itself: of each dataset the newest object. */
export function restate(vault: Vault): void {
  vault.isScanSaid = false;
  for (const dataset of vault.datasets) {
    dataset.mayHaveNews = true;
    dataset.saidHolding = '';
    const newest = dataset.summary?.newest[0];
    if (newest?.isGone === false && newest.isSettled) vault.say(newest, 0);
  }
}

function tellGone({ gone }: Vault, { arrivals }: VaultReport): void {
  arrivals.push(...gone.splice(0, maxVaultRows.arrivals - arrivals.length));
}

function tellHoldings(vault: Vault, { holdings }: VaultReport): void {
  // Half a look tells nothing.
  if (vault.isScanning) return;
  for (const dataset of vault.datasets) {
    if (holdings.length >= maxVaultRows.holdings) return;
    if (dataset.kind === undefined || !(dataset.isDirty || dataset.mayHaveNews)) continue;
    const row: ReportHolding = holdingRow(vault.config.id, dataset, vault.summaryOf(dataset));
    dataset.mayHaveNews = false;
    const essence = essenceOf(row);
    if (essence === dataset.saidHolding) continue;
    dataset.saidHolding = essence;
    holdings.push(row);
  }
}

function tellScan(vault: Vault, { vaultScans }: VaultReport): void {
  if (vault.lastScan === undefined || vault.isScanSaid || vaultScans.length >= maxVaultRows.vaultScans) return;
  vault.isScanSaid = true;
  vaultScans.push(vault.lastScan);
}

/** The newest of each dataset before the second of any. */
function tellArrivals(vaults: readonly Vault[], { arrivals }: VaultReport): void {
  const waiting = vaults.flatMap((vault) => [...vault.toSay].map(([file, rank]) => ({ vault, file, rank })));
  waiting.sort((one, other) => one.rank - other.rank || other.file.modifiedAtMs - one.file.modifiedAtMs);
  for (const { vault, file } of waiting.slice(0, maxVaultRows.arrivals - arrivals.length)) {
    vault.toSay.delete(file);
    arrivals.push(arrivalRow(vault.config.id, file));
    announce(vault, file);
  }
}

function announce(vault: Vault, file: FileRecord): void {
  file.isSaid = true;
  const kind = arrivalKindOf(file.folder.dataset);
  if (file.announcedAs === kind) return;
  file.announcedAs = kind;
  vault.remember(file);
}
