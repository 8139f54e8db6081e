import type { Report, ReportInventory, ReportNetwork, ReportProbe, ReportRouter } from '../../shared/report-schema.ts';
import { cleanReason, cleanText } from '../sensors/clean-text.ts';
import type { ReportPart } from '../sensors/sensor.ts';

/** What a report says of backups; a part without rows is left out. */
export type BackupPart = Required<Pick<Report, (typeof backupParts)[number]>>;

export interface ReportFailure {
  of: string;
  reason: string;
}

export interface ReportInput {
  session: string;
  seq: number;
  takenAtMs: number;
  intervalSeconds: number;
  /** What the sensors found; the rest of it may be missing. */
  part: ReportPart;
  /** Stands in when the sensors could not tell. */
  host: Report['host'];
  probes: readonly ReportProbe[];
  /** How the machine is connected, when there is something new to tell. */
  network?: ReportNetwork | undefined;
  routers?: readonly ReportRouter[];
  evidence: BackupPart;
  failures: readonly ReportFailure[];
  inventory?: ReportInventory | undefined;
  spool: Report['spool'];
}

/** The most rows that the schema allows of each; one row too many would cost the whole report. */
const most = { filesystems: 128, interfaces: 256, probes: 1024, routers: 256, failures: 64 } as const;
const mostEvidence = { backups: 128, restoreTests: 32, arrivals: 128, holdings: 128, vaultScans: 8 } as const;
const backupParts = ['backups', 'restoreTests', 'arrivals', 'holdings', 'vaultScans'] as const;

/** Puts the parts of a round together. What could not be measured is left out, never zero. */
export function buildReport(input: ReportInput): Report {
  const { session, seq, intervalSeconds, part, spool, routers = [] } = input;
  const filesystems = part.filesystems?.slice(0, most.filesystems);
  const interfaces = part.interfaces?.slice(0, most.interfaces);
  return {
    session,
    seq,
    takenAt: new Date(input.takenAtMs).toISOString(),
    intervalSeconds,
    host: part.host ?? input.host,
    ...(part.cpu === undefined ? {} : { cpu: part.cpu }),
    ...(part.memory === undefined ? {} : { memory: part.memory }),
    ...(filesystems === undefined ? {} : { filesystems }),
    ...(interfaces === undefined ? {} : { interfaces }),
    ...(input.probes.length === 0 ? {} : { probes: input.probes.slice(0, most.probes) }),
    ...(input.network === undefined ? {} : { network: input.network }),
    ...(routers.length === 0 ? {} : { routers: routers.slice(0, most.routers) }),
    ...evidenceOf(input.evidence),
    ...(input.failures.length === 0 ? {} : { failures: input.failures.slice(0, most.failures).map(cleanFailure) }),
    ...(input.inventory === undefined ? {} : { inventory: input.inventory }),
    spool: { queuedCount: spool.queuedCount, droppedCount: spool.droppedCount },
  };
}

function cleanFailure({ of, reason }: ReportFailure): ReportFailure {
  return { of: cleanText(of, 128) ?? 'agent', reason: cleanReason(reason) };
}

function evidenceOf(evidence: BackupPart): Partial<BackupPart> {
  const filled = backupParts.filter((part) => evidence[part].length > 0);
  return Object.fromEntries(filled.map((part) => [part, evidence[part].slice(0, mostEvidence[part])]));
}

/** Whether a report holds evidence of backups, which a spool sends before other history. */
export function hasEvidence(report: Report): boolean {
  return backupParts.some((part) => report[part] !== undefined);
}
