import { otherEndingInWords } from '../../incidents/ending.ts';
import { durationInWords } from '../../notify/duration-words.ts';
import type { Block } from '../document.ts';
import { blanks } from '../office.ts';
import type { IncidentFacts, LetterFacts } from './letter.ts';
import { lawOf, timeInWords } from './phrases.ts';

const severities: Record<IncidentFacts['severity'], string> = {
  critical: 'kritis',
  warning: 'peringatan',
  info: 'informasi',
};

/** What is known of an incident. What only people know, what was done and what was learnt, stays a blank. */
export function incidentBlocks(
  incident: IncidentFacts,
  facts: Pick<LetterFacts, 'timezone' | 'nowMs' | 'department'>,
): Block[] {
  const { timezone, nowMs, department } = facts;
  const { sinceMs, resolvedAtMs } = incident;
  const duration = lastedInWords(incident, nowMs);
  const isOver = resolvedAtMs !== undefined;
  const affected = [incident.part ?? department.name, ...incident.sites.filter((site) => site !== incident.part)];
  return [
    { kind: 'paragraph', text: 'Dasar:' },
    {
      kind: 'list',
      numbered: false,
      items: [`${lawOf(incident)}: ${incident.duty}`, `Catatan insiden Pantau ${incident.id}`],
    },
    { kind: 'paragraph', text: 'Uraian kejadian:' },
    {
      kind: 'facts',
      rows: [
        { label: 'Waktu mulai', value: timeInWords(sinceMs, timezone) },
        { label: 'Waktu selesai', value: isOver ? endInWords(incident, timezone) : 'belum selesai' },
        { label: 'Durasi', value: isOver ? duration : `${duration} sampai dengan ${timeInWords(nowMs, timezone)}` },
        { label: 'Tingkat', value: severities[incident.severity] },
        { label: 'Perangkat/layanan terdampak', value: affected.join(', ') },
        { label: 'Penyebab', value: incident.cause ?? `belum diketahui; ${blanks.text}` },
      ],
    },
    { kind: 'paragraph', text: 'Urutan kejadian dan penanganan menurut catatan:' },
    eventsBlock(incident, timezone),
    {
      kind: 'facts',
      rows: [
        { label: 'Tindakan penanganan', value: blanks.text },
        { label: 'Hasil pengujian', value: blanks.text },
        { label: 'Kesimpulan/rekomendasi', value: blanks.text },
      ],
    },
  ];
}

function endInWords({ resolvedAtMs = 0, otherEnding }: IncidentFacts, timezone: string): string {
  const time = timeInWords(resolvedAtMs, timezone);
  return otherEnding === undefined ? time : `${time}. ${otherEndingInWords(otherEnding, 'id')}`;
}

/** How long it lasted, and for how long of that nothing was known or all was well. */
export function lastedInWords({ sinceMs, resolvedAtMs, durations }: IncidentFacts, nowMs: number): string {
  const { unknownSeconds, upSeconds } = durations;
  const parts = [
    unknownSeconds >= 60 ? `${durationInWords(unknownSeconds * 1000, 'id')} di antaranya tidak diketahui` : undefined,
    upSeconds >= 60 ? `${durationInWords(upSeconds * 1000, 'id')} di antaranya sempat pulih` : undefined,
  ].filter((part) => part !== undefined);
  const whole = durationInWords((resolvedAtMs ?? nowMs) - sinceMs, 'id');
  return parts.length === 0 ? whole : `${whole} (${parts.join(', ')})`;
}

function eventsBlock({ events }: IncidentFacts, timezone: string): Block {
  return {
    kind: 'table',
    columns: [
      { title: 'Waktu', weight: 1.3 },
      { title: 'Kejadian', weight: 3 },
    ],
    rows: events.map(({ atMs, text }) => [{ text: timeInWords(atMs, timezone) }, { text }]),
  };
}
