import { formatLocalTime, type Language } from '../../../shared/local-time.ts';
import type { EvidenceRecord } from './schema.ts';
import { whyWords } from './words.ts';

/** One record as a line that says what it is, since when it is here, and whether it can be checked. */
export function recordText(record: EvidenceRecord, options: { language: Language; timezone: string }): string {
  const words = whyWords[options.language];
  const time = (at: string | null) =>
    at === null ? '' : formatLocalTime(Date.parse(at), options.timezone, options.language);
  switch (record.kind) {
    case 'report': {
      const name = `${words.report} ${record.agent} (${record.session}, ${record.seq})`;
      if (!record.kept) return `${name}: ${words.gone}`;
      const place = [record.pd, record.site, record.node].filter((part) => part !== null).join('/');
      const checked = record.genuine === null ? [] : [record.genuine ? words.genuine : words.forged];
      const taken = record.takenAt === null ? [] : [`${words.takenAt} ${time(record.takenAt)}`];
      const parts = [
        place,
        ...taken,
        `${words.receivedAt} ${time(record.receivedAt)}`,
        words.proofs[record.proof ?? ''] ?? '',
        ...checked,
        words.keptIn[record.keptIn ?? ''] ?? '',
        `SHA-256 ${record.sha256}`,
      ];
      return `${name}: ${parts.join(', ')}`;
    }
    case 'register': {
      const name = `${words.entry} ${record.register} ${record.entry} (rev. ${record.revision})`;
      if (!record.kept) return `${name}: ${words.gone}`;
      const values = Object.entries(record.values).map(([column, value]) => `${column}=${value}`);
      const changed = record.changed ? `, ${words.changed}` : '';
      return `${name}: ${words.enteredBy} ${record.enteredBy}, ${time(record.enteredAt)}${changed}; ${values.join(', ')}`;
    }
    default: {
      const name = `${words.incident.toLowerCase()} ${record.incident}`;
      return record.kept
        ? `${name}: ${record.state}, ${record.cause}, ${time(record.openedAt)}`
        : `${name}: ${words.gone}`;
    }
  }
}
