import type { EvidencePort } from '../evidence-port.ts';
import type { IncidentHistoryPort } from '../incident-history-port.ts';
import type { RegisterPort } from '../register-port.ts';
import type { VerdictHistoryPort } from '../verdict-history-port.ts';
import { createEvidence } from './evidence.ts';
import { createIncidentHistory } from './incident-history.ts';
import { openToRead } from './open.ts';
import { createRegistersTable } from './registers.ts';
import { createVerdictHistory } from './verdict-history.ts';

/** Verdicts with what they rest on, for a reader beside the collector. */
export interface VerdictArchive {
  verdictHistory: VerdictHistoryPort;
  incidentHistory: IncidentHistoryPort;
  evidence: EvidencePort;
  registers: Pick<RegisterPort, 'history' | 'load'>;
  close(): void;
}

/** @param path of the database file of a collector, which may be running. @throws AppError as `openToRead` does. */
export function openVerdictArchive(path: string): VerdictArchive {
  const connection = openToRead(path);
  return {
    verdictHistory: createVerdictHistory(connection),
    incidentHistory: createIncidentHistory(connection),
    evidence: createEvidence(connection),
    registers: createRegistersTable(connection),
    close: () => void connection.close(),
  };
}
