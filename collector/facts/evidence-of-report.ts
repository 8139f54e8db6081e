import type {
  Report,
  ReportArrival,
  ReportBackup,
  ReportHolding,
  ReportRestoreTest,
  ReportVaultScan,
} from '../../shared/report-schema.ts';
import type { AgentRow, ArrivalRow, ClaimRow, HoldingRow, RestoreTestRow, VaultScanRow } from '../store/rows.ts';

/** So much may a file be newer than the moment in which it was seen: clocks and filesystems round. */
const toleranceMs = 60_000;

/** What a report says of backups, as rows. */
export interface BackupEvidence {
  claims: ClaimRow[];
  restoreTests: RestoreTestRow[];
  arrivals: ArrivalRow[];
  holdings: HoldingRow[];
  vaultScans: VaultScanRow[];
}

/** Where a row comes from, and how the agent's clock is to be read. */
interface Origin {
  agent: AgentRow;
  report: Report;
  takenAtMs: number;
}

/**
 * Only an agent with the role `vault` speaks of vaults: another one's word about them is not heard.
 * @param takenAtMs when the report was really taken, on the collector's clock.
 */
export function evidenceOfReport(agent: AgentRow, report: Report, takenAtMs: number): BackupEvidence {
  const origin = { agent, report, takenAtMs };
  const isReader = agent.roles.includes('vault');
  return {
    claims: (report.backups ?? []).map((claim) => claimRow(origin, claim)),
    restoreTests: (report.restoreTests ?? []).map((test) => restoreTestRow(origin, test)),
    arrivals: isReader ? (report.arrivals ?? []).map((arrival) => arrivalRow(origin, arrival)) : [],
    holdings: isReader ? (report.holdings ?? []).map((holding) => holdingRow(origin, holding)) : [],
    vaultScans: isReader ? (report.vaultScans ?? []).map((scan) => vaultScanRow(origin, scan)) : [],
  };
}

function claimRow(origin: Origin, claim: ReportBackup): ClaimRow {
  const completedAtMs = correctedMs(origin, claim.completedAt);
  return {
    pd: origin.agent.pd,
    dataset: claim.dataset,
    source: claim.source,
    outcome: claim.outcome,
    reason: claim.reason,
    runId: claim.runId,
    objectName: claim.objectName,
    objectId: claim.objectId,
    repositoryId: claim.repositoryId,
    startedAtMs: correctedMs(origin, claim.startedAt),
    completedAtMs,
    saidCompletedAtMs: claim.completedAt === undefined ? undefined : Date.parse(claim.completedAt),
    sizeBytes: claim.sizeBytes,
    fileCount: claim.fileCount,
    sha256: claim.sha256,
    exitCode: claim.exitCode,
    lastLines: claim.lastLines ?? [],
    ...seen(origin),
  };
}

function restoreTestRow(origin: Origin, test: ReportRestoreTest): RestoreTestRow {
  const { observedAtMs, ...who } = seen(origin);
  const { dataset, drill, runId, outcome, reason, objectName, objectId, fileCount, sizeBytes } = test;
  return {
    pd: origin.agent.pd,
    dataset,
    drill,
    runId,
    outcome,
    reason,
    objectName,
    objectId,
    fileCount,
    sizeBytes,
    startedAtMs: correctedMs(origin, test.startedAt) ?? observedAtMs,
    completedAtMs: correctedMs(origin, test.completedAt) ?? observedAtMs,
    checks: test.checks ?? [],
    ...who,
  };
}

function arrivalRow(origin: Origin, arrival: ReportArrival): ArrivalRow {
  const { vault, pd, dataset, kind, objectName, objectId, repositoryId, sizeBytes, sha256, state, reason } = arrival;
  return {
    vault,
    pd,
    dataset,
    kind,
    objectName,
    objectId,
    repositoryId,
    sizeBytes,
    sha256,
    state,
    reason,
    modifiedAtMs: Date.parse(arrival.modifiedAt),
    arrivedAtMs: correctedMs(origin, arrival.arrivedAt) ?? origin.takenAtMs,
    verifiedAtMs: correctedMs(origin, arrival.verifiedAt),
    ...seen(origin),
  };
}

function holdingRow(origin: Origin, holding: ReportHolding): HoldingRow {
  const { vault, pd, dataset, kind, reason, repositoryId, copyCount, fileCount, sizeBytes, integrity } = holding;
  return {
    vault,
    pd,
    dataset,
    kind,
    reason,
    repositoryId,
    copyCount,
    fileCount,
    sizeBytes,
    newestAtMs: correctedMs(origin, holding.newestAt),
    integrity: integrity && {
      checkedCount: integrity.checkedCount,
      totalCount: integrity.totalCount,
      damagedCount: integrity.damagedCount,
      damaged: integrity.damaged,
      coveredSinceMs: correctedMs(origin, integrity.coveredSince),
    },
    whole: wholeOf(origin, integrity),
    ...seen(origin),
  };
}

function wholeOf(origin: Origin, integrity: ReportHolding['integrity']): HoldingRow['whole'] {
  const coveredSinceMs = correctedMs(origin, integrity?.coveredSince);
  if (integrity === undefined || coveredSinceMs === undefined) return undefined;
  const isWhole = integrity.damagedCount === 0 && integrity.checkedCount >= integrity.totalCount;
  return isWhole ? { atMs: origin.takenAtMs, coveredSinceMs } : undefined;
}

function vaultScanRow(origin: Origin, scan: ReportVaultScan): VaultScanRow {
  const { observedAtMs, ...who } = seen(origin);
  const { scannedAt, ...rest } = scan;
  return { ...rest, reason: scan.reason, scannedAtMs: correctedMs(origin, scannedAt) ?? observedAtMs, ...who };
}

function seen({ agent, report, takenAtMs }: Origin) {
  const record = { agent: agent.id, session: report.session, seq: report.seq };
  return { agentKey: agent.key, observedAtMs: takenAtMs, record };
}

/**
 * An instant of the past that an agent wrote, on the collector's clock. The machine's clock that is hours wrong was as
 * wrong when it wrote the file, unless the file is from before it went wrong; and nothing happened in the future,
 * whatever a report says: such a claim would hide that the next backup is missing.
 */
function correctedMs({ report, takenAtMs }: Origin, instant: string | undefined): number | undefined {
  if (instant === undefined) return undefined;
  const saidMs = Date.parse(instant);
  const clockErrorMs = Date.parse(report.takenAt) - takenAtMs;
  return [saidMs - clockErrorMs, saidMs].find((atMs) => atMs <= takenAtMs + toleranceMs);
}
