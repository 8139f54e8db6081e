import { createHash } from 'node:crypto';
import type { ReportReference } from '../../../shared/evidence.ts';
import { formatZonedRfc3339 } from '../../../shared/local-time.ts';
import { agentIdOf, importPublicKey, verifyBytes } from '../../../shared/signing.ts';
import type { EvidenceBody, EvidencePort } from '../../store/evidence-port.ts';
import {
  type EvidenceReference,
  type IncidentReference,
  isReportReference,
  type RegisterReference,
} from '../../store/evidence-reference.ts';
import { causeNow } from '../../store/incident-rows.ts';
import type { IncidentHistoryPort } from '../../store/incident-history-port.ts';
import type { RegisterPort } from '../../store/register-port.ts';
import type { EvidenceRecord } from './schema.ts';

export interface RecordPorts {
  evidence: EvidencePort;
  incidentHistory: IncidentHistoryPort;
  registers: Pick<RegisterPort, 'history'>;
}

/** What a verdict cites, looked up and checked now: whether the bytes are there, and whose signature they bear. */
export async function readRecords(
  references: readonly EvidenceReference[],
  ports: RecordPorts,
  timezone: string,
): Promise<EvidenceRecord[]> {
  const records: EvidenceRecord[] = [];
  for (const reference of references) {
    if (isReportReference(reference))
      records.push(reportRecord(reference, await ports.evidence.report(reference), timezone));
    else if ('register' in reference) records.push(await entryRecord(reference, ports.registers, timezone));
    else records.push(await incidentRecord(reference, ports.incidentHistory, timezone));
  }
  return records;
}

const nothingKept = {
  kept: false,
  keptIn: null,
  pd: null,
  site: null,
  node: null,
  takenAt: null,
  receivedAt: null,
  sha256: null,
  sizeBytes: null,
  proof: null,
  genuine: null,
};

function reportRecord(
  { agent, session, seq }: ReportReference,
  found: EvidenceBody | undefined,
  timezone: string,
): EvidenceRecord {
  const named = { kind: 'report' as const, agent, session, seq };
  if (found === undefined) return { ...named, ...nothingKept };
  return {
    ...named,
    kept: true,
    keptIn: found.keptIn,
    pd: found.pd,
    site: found.site ?? null,
    node: found.node ?? null,
    takenAt: instantOf(found.takenAtMs, timezone),
    receivedAt: instantOf(found.receivedAtMs, timezone),
    sha256: createHash('sha256').update(found.body).digest('hex'),
    sizeBytes: found.body.length,
    proof: found.proof,
    genuine: found.proof === 'signature' ? isGenuine(agent, found) : null,
  };
}

/** The key must be the one that the agent's id is made from, and the signature that of this key over these bytes. */
function isGenuine(agent: string, { publicKey = '', signature, body }: EvidenceBody): boolean {
  if (agentIdOf(publicKey) !== agent) return false;
  try {
    return verifyBytes('report', body, importPublicKey(publicKey), signature);
  } catch {
    return false;
  }
}

async function entryRecord(
  { register, entry, revision }: RegisterReference,
  registers: RecordPorts['registers'],
  timezone: string,
): Promise<EvidenceRecord> {
  const history = await registers.history(register, entry);
  const found = history.find((row) => row.revision === revision);
  return {
    kind: 'register',
    register,
    entry,
    revision,
    kept: found !== undefined,
    enteredBy: found?.actor ?? null,
    enteredAt: instantOf(found?.atMs, timezone),
    values: { ...found?.values },
    attachments: [...(found?.attachments ?? [])],
    changed: (history.at(-1)?.revision ?? revision) > revision,
  };
}

async function incidentRecord(
  { incident }: IncidentReference,
  history: IncidentHistoryPort,
  timezone: string,
): Promise<EvidenceRecord> {
  const found = await history.incident(incident);
  return {
    kind: 'incident',
    incident,
    kept: found !== undefined,
    state: found?.state ?? null,
    cause: found === undefined ? null : causeNow(found),
    openedAt: instantOf(found?.openedAtMs, timezone),
    resolvedAt: instantOf(found?.resolvedAtMs, timezone),
  };
}

function instantOf(atMs: number | undefined, timezone: string): string | null {
  return atMs === undefined ? null : formatZonedRfc3339(atMs, timezone);
}
