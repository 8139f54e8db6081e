import type { ArrivalRow, ClaimRow, HoldingRow, RestoreTestRow, VaultScanRow } from '../store/rows.ts';
import type { FactChanges } from '../store/store.ts';
import { addClaim, type DatasetFacts } from './dataset-facts.ts';
import type { BackupEvidence } from './evidence-of-report.ts';
import {
  type Added,
  addArrival,
  addHolding,
  addRestoreTest,
  laterScan,
  noVaultFacts,
  type VaultFacts,
} from './vault-facts.ts';

/** What the store kept of backups, to rebuild the present after a start. */
export interface KeptBackupEvidence {
  claims: ClaimRow[];
  arrivals: ArrivalRow[];
  holdings: HoldingRow[];
  vaultScans: VaultScanRow[];
  restoreTests: RestoreTestRow[];
}

/** Facts about backups; `<pd>/<dataset>` names a dataset. */
export interface BackupFacts {
  dataset(name: string): DatasetFacts | undefined;
  inVaults(name: string): VaultFacts | undefined;
  vaultScan(vault: string): VaultScanRow | undefined;
  restore(kept: KeptBackupEvidence): void;
  /**
   * Begins to work out facts for a commit that is not yet on disk.
   * @param changes takes what must be kept. @param touched takes the names of datasets that something was said of.
   */
  stage(changes: FactChanges, touched: Set<string>): { add(evidence: BackupEvidence): void; apply(): void };
}

interface State {
  datasets: Map<string, DatasetFacts>;
  vaults: Map<string, VaultFacts>;
  scans: Map<string, VaultScanRow>;
}

const emptyState = (): State => ({ datasets: new Map(), vaults: new Map(), scans: new Map() });

/** @param isDataset whether a department has such a dataset; evidence about others is nobody's, and not kept. */
export function createBackupFacts(isDataset: (pd: string, dataset: string) => boolean): BackupFacts {
  const held = emptyState();
  return {
    dataset: (name) => held.datasets.get(name),
    inVaults: (name) => held.vaults.get(name),
    vaultScan: (vault) => held.scans.get(vault),
    restore(kept) {
      for (const claim of kept.claims) {
        const name = nameOf(claim);
        held.datasets.set(name, addClaim(held.datasets.get(name), claim).facts);
      }
      const keep = <Row extends Subject>(rows: Row[], add: (facts: VaultFacts, row: Row) => Added<VaultFacts>) => {
        for (const row of rows)
          held.vaults.set(nameOf(row), add(held.vaults.get(nameOf(row)) ?? noVaultFacts, row).facts);
      };
      keep(kept.arrivals, addArrival);
      keep(kept.holdings, addHolding);
      keep(kept.restoreTests, addRestoreTest);
      for (const scan of kept.vaultScans) held.scans.set(scan.vault, laterScan(held.scans.get(scan.vault), scan));
    },
    stage: (changes, touched) => stageEvidence({ held, isDataset, changes, touched }),
  };
}

interface Subject {
  pd: string;
  dataset: string;
}

const nameOf = ({ pd, dataset }: Subject): string => `${pd}/${dataset}`;

/** A holding is kept with what earlier looks had found whole. */
function keptForm<Row extends Subject>(facts: VaultFacts, row: Row): Row {
  if (!('whole' in row) || !('vault' in row)) return row;
  return { ...row, whole: facts.holdings.find(({ vault }) => vault === row.vault)?.whole };
}

function stageEvidence(given: {
  held: State;
  isDataset: (pd: string, dataset: string) => boolean;
  changes: FactChanges;
  touched: Set<string>;
}) {
  const { held, isDataset, changes, touched } = given;
  const staged = emptyState();

  function addToVaults<Row extends Subject>(
    rows: Row[],
    add: (facts: VaultFacts, row: Row) => Added<VaultFacts>,
    kept: Row[],
  ): void {
    for (const row of rows) {
      if (!isDataset(row.pd, row.dataset)) continue;
      const name = nameOf(row);
      const added = add(staged.vaults.get(name) ?? held.vaults.get(name) ?? noVaultFacts, row);
      staged.vaults.set(name, added.facts);
      if (added.isNew) kept.push(keptForm(added.facts, row));
      touched.add(name);
    }
  }

  function addClaims(claims: ClaimRow[]): void {
    for (const claim of claims) {
      if (!isDataset(claim.pd, claim.dataset)) continue;
      const name = nameOf(claim);
      const added = addClaim(staged.datasets.get(name) ?? held.datasets.get(name), claim);
      staged.datasets.set(name, added.facts);
      if (added.isNew) changes.claims.push(claim);
      else if (added.isNewFinding) changes.looks.push(claim);
      touched.add(name);
    }
  }

  return {
    add(evidence: BackupEvidence): void {
      addClaims(evidence.claims);
      addToVaults(evidence.arrivals, addArrival, changes.arrivals);
      addToVaults(evidence.holdings, addHolding, changes.holdings);
      addToVaults(evidence.restoreTests, addRestoreTest, changes.restoreTests);
      for (const scan of evidence.vaultScans) {
        const known = staged.scans.get(scan.vault) ?? held.scans.get(scan.vault);
        if (laterScan(known, scan) !== scan) continue;
        staged.scans.set(scan.vault, scan);
        changes.vaultScans.push(scan);
      }
    },
    apply(): void {
      for (const [name, facts] of staged.datasets) held.datasets.set(name, facts);
      for (const [name, facts] of staged.vaults) held.vaults.set(name, facts);
      for (const [vault, scan] of staged.scans) held.scans.set(vault, scan);
    },
  };
}
