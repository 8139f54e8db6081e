import type { Judgement, Params, PemdaRule, PemdaSubjectFacts } from '../rule.ts';
import { addYears, dayStartMs, middleDay, shiftDay } from './registers/calendar.ts';
import { amount, lastDone, nothingEntered, originWords, periodParams, recheckOn } from './registers/due.ts';
import { type Dated, dayIn, entriesOfPemda, textIn } from './registers/entries.ts';

const defaults = { everyYears: 5, reminderDays: 180, toleranceDays: 180 };
const defaultKind = 'rencana-induk';

const kindWords = {
  'rencana-induk': { id: 'Rencana Induk SPBE', en: 'the master plan of SPBE' },
  arsitektur: { id: 'Arsitektur SPBE', en: 'the architecture of SPBE' },
  'peta-rencana': { id: 'Peta Rencana SPBE', en: 'the road map of SPBE' },
  'rencana-aksi': { id: 'Rencana Aksi SPBE', en: 'the action plan of SPBE' },
  'pemulihan-bencana': { id: 'Rencana Pemulihan Bencana', en: 'the plan for recovery from a disaster' },
  keberlangsungan: { id: 'Rencana Keberlangsungan Layanan', en: 'the plan for the continuity of services' },
} as const;

/**
 * A plan of a kind is in force and was reviewed when it was due: every so many years, or at half time and in its last
 * year. A review that came within a tolerance of ours around half time counts as the one at half time.
 */
export const planReviewDue: PemdaRule = {
  name: 'plan-review-due',
  docs: 'A plan is in force and its review is not overdue.',
  subject: 'pemda',
  incidentKind: 'register',
  severity: 'warning',
  params: {
    kind: { default: defaultKind, docs: 'which plan, as the register of plans calls it' },
    points: {
      default: 'berkala',
      docs: 'berkala: every so many years; paruh-waktu: at half time and in the last year',
    },
    everyYears: { default: defaults.everyYears, docs: 'a review is due again after so many years, when it is berkala' },
    toleranceDays: { default: defaults.toleranceDays, docs: 'a review so many days around half time is in time' },
    ...periodParams(defaults.reminderDays),
  },
  evidence: {
    id: 'Entri pada register rencana: jenis, judul, nomor penetapan, masa berlaku, dan tanggal reviu terakhir, dengan dokumennya sebagai lampiran.',
    en: 'An entry in the register of plans: kind, title, number, validity and the day of the last review, with the document attached.',
  },
  headlines: {
    'plan-ended': { id: 'Masa berlaku dokumen rencana sudah berakhir', en: 'A plan has ended' },
    'review-overdue': { id: 'Reviu dokumen rencana terlambat', en: 'The review of a plan is overdue' },
  },
  reasons: {
    'no-plan': {
      id: 'Belum ada {kind} yang tercatat dalam register rencana.',
      en: 'In the register of plans {kind} is not entered.',
    },
    'plan-ended': {
      id: '{kind} "{title}" berlaku sampai dengan {untilDay}, dan penggantinya belum tercatat.',
      en: 'In the register {kind}, "{title}", was valid until {untilDay}, and no other is entered.',
    },
    'on-course': {
      id: '{kind} "{title}" berlaku; {point} paling lambat {dueDay} ({periodOrigin}).',
      en: 'In force is {kind}, "{title}"; {point} is due by {dueDay} ({periodOrigin}).',
    },
    'review-soon': {
      id: '{kind} "{title}": {point} perlu segera dilaksanakan, paling lambat {dueDay} ({periodOrigin}).',
      en: 'In force is {kind}, "{title}"; {point} should be done soon, by {dueDay} ({periodOrigin}).',
    },
    'review-overdue': {
      id: '{kind} "{title}": {point} belum tercatat, padahal seharusnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'In force is {kind}, "{title}"; {point} is not entered and was due by {dueDay} ({periodOrigin}).',
    },
    'all-reviewed': {
      id: '{kind} "{title}" terakhir direviu {reviewedDay} dan berlaku sampai dengan {untilDay}.',
      en: 'In force is {kind}, "{title}"; it was last reviewed on {reviewedDay} and is valid until {untilDay}.',
    },
  },
  words: {
    ...originWords,
    kind: kindWords,
    point: {
      berkala: { id: 'reviu berkala', en: 'the periodic review' },
      'paruh-waktu': { id: 'reviu paruh waktu', en: 'the review at half time' },
      'tahun-terakhir': { id: 'reviu tahun terakhir', en: 'the review in its last year' },
    },
  },
  judge(facts, params): Judgement {
    const kind = String(params['kind'] ?? defaultKind);
    const plans = entriesOfPemda(facts, 'plan').filter((entry) => textIn(entry, 'kind') === kind);
    const { last, planned } = lastDone(plans, facts, 'validFrom');
    if (last === undefined) return nothingEntered('no-plan', facts, { args: { kind }, planned });
    const judged = judgePlan(last, facts, params, kind);
    const recheckAtMs = Math.min(judged.recheckAtMs ?? Infinity, recheckOn([planned], facts).recheckAtMs ?? Infinity);
    return { ...judged, ...(recheckAtMs < Infinity ? { recheckAtMs } : {}) };
  },
};

function judgePlan({ entry, day: fromDay }: Dated, facts: PemdaSubjectFacts, params: Params, kind: string): Judgement {
  const args = { kind, title: textIn(entry, 'title') ?? '-' };
  const evidence = [entry.reference];
  const untilDay = dayIn(entry, 'validUntil') ?? '9999-12-31';
  if (facts.today > untilDay) {
    const sinceAtMs = dayStartMs(shiftDay(untilDay, 1), facts.timezone);
    const reasonArgs = { ...args, untilDay };
    return { status: 'breached', exceeded: 'finding', sinceAtMs, reasonCode: 'plan-ended', reasonArgs, evidence };
  }
  const told = dayIn(entry, 'reviewedOn');
  const reviewedDay = told !== undefined && told <= facts.today ? told : undefined;
  const next = params['points'] === 'paruh-waktu' ? nextPoint({ fromDay, untilDay, reviewedDay }, params) : undefined;
  if (next === 'none') {
    const reasonArgs = { ...args, reviewedDay: reviewedDay ?? fromDay, untilDay };
    const again = recheckOn([shiftDay(untilDay, 1)], facts);
    return { status: 'compliant', reasonCode: 'all-reviewed', reasonArgs, evidence, ...again };
  }
  return judgeReview(next ?? periodic(reviewedDay ?? fromDay, params), facts, { args, evidence, untilDay });
}

interface Review {
  point: 'berkala' | 'paruh-waktu' | 'tahun-terakhir';
  dueDay: string;
  /** From this day on it is said to be near. */
  nearDay: string;
  origin: 'law' | 'setting';
}

function periodic(lastDay: string, params: Params): Review {
  const years = amount(params['everyYears'], defaults.everyYears) || defaults.everyYears;
  const dueDay = addYears(lastDay, years);
  const nearDay = shiftDay(dueDay, -reminderOf(params));
  return { point: 'berkala', dueDay, nearDay, origin: params['isLawNumber'] === true ? 'law' : 'setting' };
}

function reminderOf(params: Params): number {
  return amount(params['reminderDays'], defaults.reminderDays);
}

/** The review that is awaited next. That there are these two is law; how far around half time is ours. */
function nextPoint(
  plan: { fromDay: string; untilDay: string; reviewedDay: string | undefined },
  params: Params,
): Review | 'none' {
  const { fromDay, untilDay, reviewedDay = '' } = plan;
  const tolerance = amount(params['toleranceDays'], defaults.toleranceDays);
  const middle = middleDay(fromDay, untilDay);
  const lastYearDay = shiftDay(addYears(untilDay, -1), 1);
  if (reviewedDay >= lastYearDay && reviewedDay >= middle) return 'none';
  if (reviewedDay < shiftDay(middle, -tolerance)) {
    const dueDay = [shiftDay(middle, tolerance), untilDay].toSorted()[0] ?? untilDay;
    return { point: 'paruh-waktu', dueDay, nearDay: shiftDay(middle, -reminderOf(params)), origin: 'setting' };
  }
  const nearDay = shiftDay(lastYearDay, -reminderOf(params));
  return {
    point: 'tahun-terakhir',
    dueDay: untilDay,
    nearDay,
    origin: params['isLawNumber'] === true ? 'law' : 'setting',
  };
}

function judgeReview(
  { point, dueDay, nearDay, origin }: Review,
  facts: PemdaSubjectFacts,
  given: { args: Judgement['reasonArgs']; evidence: Judgement['evidence']; untilDay: string },
): Judgement {
  const afterDay = shiftDay(dueDay, 1);
  const said = {
    reasonArgs: { ...given.args, point, dueDay, periodOrigin: origin },
    evidence: given.evidence,
    ...recheckOn([nearDay, afterDay, shiftDay(given.untilDay, 1)], facts),
  };
  if (facts.today <= dueDay) {
    return { status: 'compliant', reasonCode: facts.today >= nearDay ? 'review-soon' : 'on-course', ...said };
  }
  return {
    status: 'breached',
    ...(origin === 'law'
      ? { exceeded: 'violation', severity: 'warning' }
      : { exceeded: 'indication', severity: 'info' }),
    sinceAtMs: dayStartMs(afterDay, facts.timezone),
    reasonCode: 'review-overdue',
    ...said,
  };
}
