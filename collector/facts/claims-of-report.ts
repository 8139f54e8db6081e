import type { Report, ReportBackup } from '../../shared/report-schema.ts';
import type { AgentRow, ClaimRow } from '../store/rows.ts';

/** So much may a file be newer than the moment in which it was seen: clocks and filesystems round. */
const toleranceMs = 60_000;

/** The claims of a report as rows. @param takenAtMs when the report was really taken, on the collector's clock. */
export function claimsOfReport(row: AgentRow, report: Report, takenAtMs: number): ClaimRow[] {
  return (report.backups ?? []).map((claim) => ({
    pd: row.pd,
    dataset: claim.dataset,
    agentKey: row.key,
    source: claim.source,
    outcome: claim.outcome,
    reason: claim.reason,
    objectName: claim.objectName,
    completedAtMs: completedAtMs(claim, report, takenAtMs),
    sizeBytes: claim.sizeBytes,
    sha256: claim.sha256,
    observedAtMs: takenAtMs,
    record: { agent: row.id, session: report.session, seq: report.seq },
  }));
}

/**
 * When a backup was completed, on the collector's clock. The machine's clock that is hours wrong was as wrong when it
 * wrote the file, unless the file is from before it went wrong; and nothing is completed in the future, whatever a
 * report says: such a claim would hide that the next backup is missing.
 */
function completedAtMs(claim: ReportBackup, report: Report, takenAtMs: number): number | undefined {
  if (claim.completedAt === undefined) return undefined;
  const claimedMs = Date.parse(claim.completedAt);
  const clockErrorMs = Date.parse(report.takenAt) - takenAtMs;
  return [claimedMs - clockErrorMs, claimedMs].find((atMs) => atMs <= takenAtMs + toleranceMs);
}
