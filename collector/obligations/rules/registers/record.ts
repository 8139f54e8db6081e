import { topicNamed, topics } from '../../../registers/topics.ts';
import type { Judgement, Params, ParamSpec, ReasonText, Severity } from '../../rule.ts';
import type { RegisterFacts } from '../../register-facts.ts';
import type { RegisterEntry } from '../../register-view.ts';
import { dayStartMs, shiftDay } from './calendar.ts';
import { judgeDue, lastDone, nothingEntered, originWords, periodOf, periodParams, recheckOn } from './due.ts';
import { type Dated, dayIn, textIn } from './entries.ts';

const defaults = { everyDays: 0, reminderDays: 30 };
const defaultTopic = 'standard';

/** What the two rules have in common that ask whether something is on record: of the Pemda, and of a department. */
export const recordRule = {
  incidentKind: 'register' as const,
  severity: 'info' as Severity,
  params: {
    topic: { default: defaultTopic, docs: 'what must be on record, as the register of records calls it' },
    everyDays: { default: defaults.everyDays, docs: 'a new record is due after so many days; 0: one is enough' },
    everyYears: { default: 0, docs: 'the same in years of the calendar; 0: the days count' },
    ...periodParams(defaults.reminderDays),
  } satisfies Record<string, ParamSpec>,
  evidence: {
    id: 'Entri pada register catatan dengan topik yang bersangkutan: judul, tanggal, hasil, masa berlaku, dan dokumennya sebagai lampiran.',
    en: 'An entry in the register of records under its topic: title, date, result, validity, and the document attached.',
  },
  headlines: {
    'not-conforming': { id: 'Tercatat belum sesuai', en: 'It is on record as not conforming' },
    ended: { id: 'Dokumen sudah tidak berlaku', en: 'A document has ended' },
    overdue: { id: 'Catatan berkala terlambat', en: 'A periodic record is overdue' },
  },
  reasons: {
    'no-record': {
      id: 'Belum ada catatan tentang {topic} dalam register catatan.',
      en: 'Nothing is on record about {topic}.',
    },
    'not-yet': {
      id: 'Catatan tentang {topic}, "{title}" tanggal {lastDay}, menyatakan hasilnya belum ada.',
      en: 'The record about {topic}, "{title}" of {lastDay}, says that there is no result yet.',
    },
    'not-conforming': {
      id: 'Catatan tentang {topic}, "{title}" tanggal {lastDay}, menyatakan tidak sesuai.',
      en: 'The record about {topic}, "{title}" of {lastDay}, says that it does not conform.',
    },
    ended: {
      id: 'Dokumen tentang {topic}, "{title}" tanggal {lastDay}, berlaku sampai dengan {untilDay}.',
      en: 'The document about {topic}, "{title}" of {lastDay}, was valid until {untilDay}.',
    },
    kept: {
      id: 'Tercatat tentang {topic}: "{title}" tanggal {lastDay}.',
      en: 'On record about {topic}: "{title}" of {lastDay}.',
    },
    'ends-soon': {
      id: 'Tercatat tentang {topic}: "{title}" tanggal {lastDay}, yang berlaku hanya sampai dengan {untilDay} sehingga perlu segera diperbarui.',
      en: 'On record about {topic}: "{title}" of {lastDay}, which is valid only until {untilDay} and should be renewed soon.',
    },
    done: {
      id: 'Tercatat tentang {topic}: "{title}" tanggal {lastDay}; yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'On record about {topic}: "{title}" of {lastDay}; the next is due by {dueDay} ({periodOrigin}).',
    },
    'due-soon': {
      id: 'Catatan baru tentang {topic} perlu segera dibuat: yang terakhir "{title}" tanggal {lastDay}, yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'A new record about {topic} is due soon: the last is "{title}" of {lastDay}, the next is due by {dueDay} ({periodOrigin}).',
    },
    overdue: {
      id: 'Catatan tentang {topic} terlambat diperbarui: yang terakhir "{title}" tanggal {lastDay}, yang berikutnya seharusnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'A record about {topic} is overdue: the last is "{title}" of {lastDay}, the next was due by {dueDay} ({periodOrigin}).',
    },
  } satisfies Record<string, ReasonText>,
  words: { ...originWords, topic: Object.fromEntries(topics.map(({ name, title }) => [name, title])) },
};

/** The newest record about the topic decides: what somebody wrote there, until when it is valid, and how old it is. */
export function judgeRecord(entries: readonly RegisterEntry[], facts: RegisterFacts, params: Params): Judgement {
  const topic = topicNamed(String(params['topic']))?.name ?? defaultTopic;
  const about = entries.filter((entry) => textIn(entry, 'topic') === topic);
  const { last, planned } = lastDone(about, facts);
  if (last === undefined) return nothingEntered('no-record', facts, { args: { topic }, planned });
  const args = { topic, title: textIn(last.entry, 'title') ?? '-' };
  const found = withPlanned(judgeLast(last, facts, args), planned, facts);
  if (found !== undefined) return found;
  const period = periodOf(params, defaults);
  if (period !== undefined) return withEnd(judgeDue(last, period, facts, { args, planned }), last, facts);
  return withEnd(kept(last, facts, args, planned), last, facts);
}

/** What the entry itself says against it. */
function judgeLast(last: Dated, facts: RegisterFacts, args: Judgement['reasonArgs']): Judgement | undefined {
  const evidence = [last.entry.reference];
  const reasonArgs = { ...args, lastDay: last.day };
  const sinceAtMs = dayStartMs(last.day, facts.timezone);
  const result = textIn(last.entry, 'result');
  if (result === 'tidak-sesuai') {
    // A person found it, and says so: no number of anybody's is between the fact and the duty.
    const exceeded = 'violation';
    return {
      status: 'breached',
      exceeded,
      severity: 'warning',
      sinceAtMs,
      reasonCode: 'not-conforming',
      reasonArgs,
      evidence,
    };
  }
  if (result === 'belum') {
    return { status: 'no-evidence', reasonCode: 'not-yet', endsBreach: true, reasonArgs, evidence };
  }
  const untilDay = dayIn(last.entry, 'validUntil');
  if (untilDay === undefined || facts.today <= untilDay) return undefined;
  const endedAtMs = dayStartMs(shiftDay(untilDay, 1), facts.timezone);
  const ended = { reasonCode: 'ended', reasonArgs: { ...reasonArgs, untilDay }, evidence };
  return { status: 'breached', exceeded: 'finding', sinceAtMs: endedAtMs, ...ended };
}

/** An entry for a day to come may change what was found. */
function withPlanned(
  found: Judgement | undefined,
  planned: string | undefined,
  facts: RegisterFacts,
): Judgement | undefined {
  return found && { ...found, ...recheckOn([planned], facts) };
}

function kept(
  { entry, day }: Dated,
  facts: RegisterFacts,
  args: Judgement['reasonArgs'],
  planned: string | undefined,
): Judgement {
  const reasonArgs = { ...args, lastDay: day };
  return {
    status: 'compliant',
    reasonCode: 'kept',
    reasonArgs,
    evidence: [entry.reference],
    ...recheckOn([planned], facts),
  };
}

/** What is in order now ends with its document; before that it is said to end soon. */
function withEnd(found: Judgement, { entry }: Dated, facts: RegisterFacts): Judgement {
  const untilDay = dayIn(entry, 'validUntil');
  if (untilDay === undefined || found.status !== 'compliant') return found;
  const reminderDay = shiftDay(untilDay, -defaults.reminderDays);
  const { recheckAtMs = Infinity } = recheckOn([reminderDay, shiftDay(untilDay, 1)], facts);
  const soonest = Math.min(recheckAtMs, found.recheckAtMs ?? Infinity);
  const again = soonest < Infinity ? { recheckAtMs: soonest } : {};
  if (found.reasonCode !== 'kept' || facts.today < reminderDay) return { ...found, ...again };
  return { ...found, reasonCode: 'ends-soon', reasonArgs: { ...found.reasonArgs, untilDay }, ...again };
}
