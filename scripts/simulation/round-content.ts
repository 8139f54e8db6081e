import type {
  Report,
  ReportArrival,
  ReportBackup,
  ReportHolding,
  ReportProbe,
  ReportRestoreTest,
  ReportVaultScan,
} from '../../shared/report-schema.ts';

/** What a round found beyond the usual figures of the host. */
export interface RoundContent {
  probes?: readonly ReportProbe[];
  backups?: readonly ReportBackup[];
  restoreTests?: readonly ReportRestoreTest[];
  /** What stands in place of the usual figures of the host, or beside them. */
  figures?: Partial<
    Pick<Report, 'cpu' | 'memory' | 'filesystems' | 'interfaces' | 'network' | 'routers' | 'inventory'>
  >;
  /** From an agent with the role `vault` only, as are the next two. */
  arrivals?: readonly ReportArrival[];
  holdings?: readonly ReportHolding[];
  vaultScans?: readonly ReportVaultScan[];
}

const evidenceParts = ['backups', 'restoreTests', 'arrivals', 'holdings', 'vaultScans'] as const;
type EvidencePart = (typeof evidenceParts)[number];

/** The evidence of backups in a round as a report carries it: what is empty is left out. */
export function evidenceOf(content: RoundContent): Partial<Pick<Report, EvidencePart>> {
  const parts = filledParts(content);
  return Object.fromEntries(parts.map((part) => [part, [...(content[part] ?? [])]]));
}

/** Whether a round holds evidence of backups, which a spool sends before other history. */
export function hasEvidence(content: RoundContent): boolean {
  return filledParts(content).length > 0;
}

function filledParts(content: RoundContent): EvidencePart[] {
  return evidenceParts.filter((part) => (content[part]?.length ?? 0) > 0);
}
