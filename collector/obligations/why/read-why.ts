import type { PantauConfig } from '../../config/schema.ts';
import type { VerdictRow } from '../../store/rows.ts';
import { buildWhy } from './build-why.ts';
import { caseOfVerdict } from './case-of.ts';
import { readRecords, type RecordPorts } from './read-records.ts';
import type { Why } from './schema.ts';

export interface AskedVerdict {
  verdict: VerdictRow;
  judgedAtMs: number | undefined;
  /** The moment that is asked about. */
  atMs: number;
  heldBackBy?: string | undefined;
}

/** Why a verdict was what it was at a moment; undefined for a duty that no regulation has any more. */
export async function readWhy(
  { verdict, judgedAtMs, atMs, heldBackBy }: AskedVerdict,
  config: PantauConfig,
  ports: RecordPorts,
): Promise<Why | undefined> {
  const judged = caseOfVerdict(verdict, config);
  if (judged === undefined) return undefined;
  const records = await readRecords(verdict.evidence, ports, config.timezone);
  const incident = await incidentAt(verdict, atMs, ports);
  return buildWhy({ judged, verdict, judgedAtMs, config, records, heldBackBy, incident });
}

async function incidentAt({ pd, obligation, subject }: VerdictRow, atMs: number, ports: RecordPorts) {
  const during = await ports.incidentHistory.during({ pd, fromMs: atMs, untilMs: atMs + 1 });
  return during.find((each) => each.obligation === obligation && each.subject === subject)?.id;
}
