import type { VaultScanRow } from '../store/rows.ts';
import type { PantauConfig, VaultConfig } from './schema.ts';

/** Every vault of a Pemda with the place where it stands. */
export function vaultsOf({ pusatData, drc }: Pick<PantauConfig, 'pusatData' | 'drc'>): {
  vault: VaultConfig;
  location: VaultScanRow['location'];
}[] {
  return [
    ...(pusatData?.vaults ?? []).map((vault) => ({ vault, location: 'pusat-data' as const })),
    ...(drc?.vaults ?? []).map((vault) => ({ vault, location: 'drc' as const })),
  ];
}
