import Compile from 'typebox/compile';
import { expect } from 'vitest';
import { Arrival, Holding, VaultScan } from '../../../shared/backup-evidence-schema.ts';
import { maxVaultRows, type VaultReport } from './vault-report.ts';

const checks = { arrivals: Compile(Arrival), holdings: Compile(Holding), vaultScans: Compile(VaultScan) };

/** Every row is one that a collector accepts, and there are no more than it accepts. */
export function expectValid(report: VaultReport): void {
  for (const part of ['arrivals', 'holdings', 'vaultScans'] as const) {
    expect(report[part].length).toBeLessThanOrEqual(maxVaultRows[part]);
    for (const row of report[part]) expect([...checks[part].Errors(row)]).toEqual([]);
  }
}
