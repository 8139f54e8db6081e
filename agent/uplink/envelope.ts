import type { Envelope, reportSchemaName } from '../../shared/report-schema.ts';

export type EnvelopeHead = Pick<Envelope, 'agent' | 'sentAt' | 'bootId' | 'uptimeSeconds'>;

/**
 * The envelope around reports that are JSON text already: they are set in as they are, because parsing and writing
 * them again would cost time and could change them. Written by hand, since the schema's module would load the schema
 * library into the agent.
 */
export function envelopeOf(head: EnvelopeHead, reports: readonly Buffer[]): Buffer {
  const { agent, sentAt, bootId, uptimeSeconds } = head;
  const start = JSON.stringify({ schema: schemaName, agent, sentAt, bootId, uptimeSeconds });
  const parts: Buffer[] = [Buffer.from(`${start.slice(0, -1)},"reports":[`)];
  for (const [index, report] of reports.entries()) {
    if (index > 0) parts.push(comma);
    parts.push(report);
  }
  parts.push(end);
  return Buffer.concat(parts);
}

const schemaName: typeof reportSchemaName = 'pantau.report/1';
const comma = Buffer.from(',');
const end = Buffer.from(']}');
