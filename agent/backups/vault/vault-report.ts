import type { ReportArrival, ReportHolding, ReportVaultScan } from '../../../shared/report-schema.ts';

/** What the readers at the Pusat Data have to say, as it goes into a report. */
export interface VaultReport {
  arrivals: ReportArrival[];
  holdings: ReportHolding[];
  vaultScans: ReportVaultScan[];
}

/** At most so many in one report (shared/report-schema.ts). */
export const maxVaultRows = { arrivals: 128, holdings: 128, vaultScans: 8 };

export const noVaultReport = (): VaultReport => ({ arrivals: [], holdings: [], vaultScans: [] });
