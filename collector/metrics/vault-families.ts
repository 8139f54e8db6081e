import { vaultsOf } from '../config/vaults-of.ts';
import type { VaultScanRow } from '../store/rows.ts';
import type { FleetFamily, Sample } from './family.ts';
import type { FleetView } from './fleet-view.ts';

function vaultFamily(name: string, help: string, read: (scan: VaultScanRow) => number): FleetFamily {
  function* samples({ config, fleet }: FleetView): Generator<Sample> {
    for (const { vault, location } of vaultsOf(config)) {
      const scan = fleet.vaultScan(vault.id);
      if (scan === undefined) continue;
      const labels = [
        ['vault', vault.id],
        ['location', location],
      ] as const;
      yield { labels, value: read(scan) };
    }
  }
  return { of: 'fleet', group: 'vault', name, type: 'gauge', labels: ['vault', 'location'], help, samples };
}

export const vaultFamilies: readonly FleetFamily[] = [
  vaultFamily(
    'pantau_vault_last_scan_timestamp_seconds',
    'When the vault was last looked through, in seconds since the epoch.',
    ({ scannedAtMs }) => scannedAtMs / 1000,
  ),
  vaultFamily(
    'pantau_vault_unowned_objects',
    'Files and folders in the vault that belong to no dataset.',
    ({ unownedCount }) => unownedCount,
  ),
  vaultFamily(
    'pantau_vault_problems',
    'Entries of the vault that could not be read or were passed over.',
    ({ problemCount }) => problemCount,
  ),
];
