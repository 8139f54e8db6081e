import { keptArrivals, keptRestoreTests } from '../../facts/vault-facts.ts';
import type { ArrivalRow, HoldingRow, RestoreTestRow, VaultScanRow } from '../rows.ts';
import type { Connection } from './open.ts';

interface Kept {
  body: string;
}

/** Rows are kept whole as JSON beside the columns that are asked for: nothing else of them is ever queried. */
export function createVaultTables(connection: Connection) {
  const sql = {
    saveArrival: connection.prepare(`
    INSERT INTO arrivals (vault, pd, dataset, object_name, modified_at, arrived_at, observed_at, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET arrived_at = excluded.arrived_at, observed_at = excluded.observed_at, body = excluded.body
    WHERE excluded.observed_at >= observed_at`),
    saveHolding: connection.prepare(`
    INSERT INTO holdings (vault, pd, dataset, observed_at, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET observed_at = excluded.observed_at, body = excluded.body
    WHERE excluded.observed_at >= observed_at`),
    saveScan: connection.prepare(`
    INSERT INTO vault_scans (vault, scanned_at, body) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET scanned_at = excluded.scanned_at, body = excluded.body
    WHERE excluded.scanned_at >= scanned_at`),
    addTest: connection.prepare(`
    INSERT INTO restore_tests (pd, dataset, agent, run_id, completed_at, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`),
    arrivals: connection.prepare<[number], Kept>(`
    SELECT body FROM (SELECT body, row_number() OVER (PARTITION BY pd, dataset ORDER BY arrived_at DESC) AS n
      FROM arrivals) WHERE n <= ?`),
    holdings: connection.prepare<[], Kept>('SELECT body FROM holdings'),
    scans: connection.prepare<[], Kept>('SELECT body FROM vault_scans'),
    tests: connection.prepare<[number], Kept>(`
    SELECT body FROM (SELECT body, row_number() OVER (PARTITION BY pd, dataset ORDER BY completed_at DESC) AS n
      FROM restore_tests) WHERE n <= ?`),
  };
  return {
    /** Only inside a transaction. */
    keep(changes: {
      arrivals: ArrivalRow[];
      holdings: HoldingRow[];
      vaultScans: VaultScanRow[];
      restoreTests: RestoreTestRow[];
    }): void {
      for (const row of changes.arrivals) {
        const { vault, pd, dataset, objectName, modifiedAtMs, arrivedAtMs, observedAtMs } = row;
        const place = [vault, pd, dataset, objectName, modifiedAtMs];
        sql.saveArrival.run(...place, arrivedAtMs, observedAtMs, JSON.stringify(row));
      }
      for (const row of changes.holdings) {
        sql.saveHolding.run(row.vault, row.pd, row.dataset, row.observedAtMs, JSON.stringify(row));
      }
      for (const row of changes.vaultScans) sql.saveScan.run(row.vault, row.scannedAtMs, JSON.stringify(row));
      for (const row of changes.restoreTests) {
        sql.addTest.run(row.pd, row.dataset, row.agentKey, row.runId, row.completedAtMs, JSON.stringify(row));
      }
    },
    arrivals: () => parsed<ArrivalRow>(sql.arrivals.all(keptArrivals)),
    holdings: () => parsed<HoldingRow>(sql.holdings.all()),
    scans: () => parsed<VaultScanRow>(sql.scans.all()),
    restoreTests: () => parsed<RestoreTestRow>(sql.tests.all(keptRestoreTests)),
  };
}

export function parsed<Row>(kept: readonly Kept[]): Row[] {
  return kept.map(({ body }) => JSON.parse(body) as Row);
}
