import type { ReportReference } from '../../shared/evidence.ts';

/** Names one state of a register entry: who changed it later made another revision. */
export interface RegisterReference {
  register: string;
  entry: string;
  revision: number;
}

/** Names an incident that a verdict rests on. */
export interface IncidentReference {
  incident: string;
}

/** What a verdict rests on: signed reports of agents, and what people entered or did. */
export type EvidenceReference = ReportReference | RegisterReference | IncidentReference;

export function isReportReference(reference: EvidenceReference): reference is ReportReference {
  return 'agent' in reference;
}
