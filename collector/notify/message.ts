import { durationInWords } from './duration-words.ts';
import { formatLocalTime } from '../../shared/local-time.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import type { Notice } from './notice.ts';

/** Messaging gateways refuse longer texts (Telegram at 4096 characters); details are dropped from the end to fit. */
const maxTextLength = 3900;
const maxDetailCount = 16;
const maxContactCount = 5;

/** What a notice says to people: one subject line, and plain text with aligned lines. Pure. */
export function renderMessage(notice: Notice): { subject: string; text: string } {
  const words = messageWords[notice.language];
  let detailCount = Math.min(notice.details.length, maxDetailCount);
  let text = renderText(notice, words, detailCount);
  while (text.length > maxTextLength && detailCount > 0) {
    detailCount -= 1;
    text = renderText(notice, words, detailCount);
  }
  return { subject: renderSubject(notice, words), text };
}

function renderSubject(notice: Notice, words: MessageWords): string {
  const pd = line(notice.perangkatDaerah.name, 80);
  const subject = line(notice.subject.name, 80);
  const about = subject === pd ? pd : `${subject}, ${pd}`;
  return `[Pantau] ${claimOf(notice, words)}: ${headingOf(notice, 120)} (${about})`;
}

function renderText(notice: Notice, words: MessageWords, detailCount: number): string {
  const blocks = [
    [`${claimOf(notice, words).toUpperCase()}: ${headingOf(notice, 160)}`],
    aligned(factsOf(notice, words)),
    [`${words.reason}:`, line(notice.reason, 700)],
    detailsOf(notice, words, detailCount),
    ownerOf(notice, words),
    [`${words.incident}: ${line(notice.incident.id, 80)}`, words.footer],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** What is wrong; of what is over, the duty that is met again. */
function headingOf({ event, headline, obligation }: Notice, maxLength: number): string {
  return line(event === 'resolved' ? obligation.title : (headline ?? obligation.title), maxLength);
}

/** Never more than the verdict claims: a grade counts only for a breach. */
function claimOf(notice: Notice, words: MessageWords): string {
  const { status, grade } = notice.obligation;
  if (notice.event === 'resolved') return status === 'compliant' ? words.resolved : words.closed[status];
  const claim = status === 'breached' && grade !== undefined ? words.grades[grade] : words.statuses[status];
  return notice.event === 'opened' ? claim : `${claim} (${words[notice.event]})`;
}

function factsOf(notice: Notice, words: MessageWords): [string, string][] {
  const { incident, timezone, language } = notice;
  const rows: [string, string][] = [
    [words.pemda, line(notice.pemda, 120)],
    [words.perangkatDaerah, line(notice.perangkatDaerah.name, 120)],
    [words.subjects[notice.subject.kind] ?? words.subject, line(notice.subject.name, 160)],
    [words.status, claimOf(notice, words)],
  ];
  if (notice.event !== 'resolved') rows.push([words.severity, words.severities[incident.severity]]);
  rows.push([words.since, formatLocalTime(incident.sinceMs, timezone, language)]);
  if (notice.event === 'resolved' && incident.resolvedAtMs !== undefined) {
    const isMended = notice.obligation.status === 'compliant';
    rows.push(
      [isMended ? words.resolvedAt : words.closedAt, formatLocalTime(incident.resolvedAtMs, timezone, language)],
      [words.duration, durationInWords(incident.resolvedAtMs - incident.sinceMs, language)],
    );
  }
  if (notice.headline !== undefined && notice.event !== 'resolved') {
    rows.push([words.duty, line(notice.obligation.title, 160)]);
  }
  rows.push([words.legalBasis, citationOf(notice)]);
  return rows;
}

/** `Pasal 19 ayat (1) huruf a Peraturan Bupati …`: the law's own words, in English messages too. */
function citationOf({ citation }: Notice): string {
  const ayat = citation.ayat === undefined ? '' : ` ayat (${line(citation.ayat, 16)})`;
  const huruf = citation.huruf === undefined ? '' : ` huruf ${line(citation.huruf, 16)}`;
  return `Pasal ${line(citation.pasal, 16)}${ayat}${huruf} ${line(citation.regulation, 200)}`;
}

function detailsOf(notice: Notice, words: MessageWords, detailCount: number): string[] {
  const rows = notice.details.slice(0, detailCount);
  if (rows.length === 0) return [];
  return [
    `${words.details}:`,
    ...aligned(rows.map((row): [string, string] => [line(row.label, 60), line(row.value, 200)])),
  ];
}

function ownerOf(notice: Notice, words: MessageWords): string[] {
  const heading = notice.event === 'resolved' ? words.ownerOfResolved : words.owner;
  const contacts = notice.owner.contacts.slice(0, maxContactCount).map((contact) => {
    const role = contact.role === undefined ? '' : ` (${line(contact.role, 60)})`;
    const phone = contact.phone === undefined ? '' : `, ${words.phone} ${line(contact.phone, 40)}`;
    const email = contact.email === undefined ? '' : `, ${words.email} ${line(contact.email, 80)}`;
    return `- ${line(contact.name, 80)}${role}${phone}${email}`;
  });
  return [
    `${heading}: ${line(notice.owner.name, 120)}`,
    ...(contacts.length > 0 || notice.event === 'resolved' ? contacts : [words.noContact]),
  ];
}

function aligned(rows: [string, string][]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)} : ${value}`);
}

/** Values come from reports and configuration: one line each, no control or direction-changing characters. */
function line(text: string, maxLength: number): string {
  // oxlint-disable-next-line no-control-regex -- they must not reach mails and terminals
  const clean = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim();
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
}
