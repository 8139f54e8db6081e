import type { PantauConfig } from '../../config/schema.ts';
import { areaInWords } from '../../incidents/area-notice.ts';
import type { Case } from '../../obligations/subjects.ts';
import { type EvidenceReference, isReportReference } from '../../store/evidence-reference.ts';

export interface FactsView {
  config: PantauConfig;
  /** By `<obligation> <subject>`. */
  cases: ReadonlyMap<string, Case>;
  /** The node of an agent. */
  nameOf(agent: string): string;
}

/** The dataset, site or area that a case is about, as people call it; undefined for a department as a whole. */
export function partName({ rule, subject, pd, part }: Case, config: PantauConfig): string | undefined {
  if (rule.subject === 'area') return areaInWords(subject, 'id');
  const department = config.perangkatDaerah.find(({ id }) => id === pd);
  const parts = rule.subject === 'site' ? department?.sites : department?.datasets;
  return parts?.find(({ id }) => id === part)?.name ?? part;
}

export function evidenceInWords(reference: EvidenceReference, { nameOf }: FactsView): string {
  if (isReportReference(reference)) return `laporan ${nameOf(reference.agent)} nomor ${reference.seq}`;
  if ('incident' in reference) return `insiden ${reference.incident}`;
  return `register ${reference.register}, entri ${reference.entry} revisi ${reference.revision}`;
}
