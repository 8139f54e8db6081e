import type { DepartmentRule, DepartmentSubjectFacts, Judgement, Params } from '../rule.ts';
import type { RegisterEntry } from '../register-view.ts';
import { dayStartMs, shiftDay } from './registers/calendar.ts';
import { amount, recheckOn, worstOf } from './registers/due.ts';
import { dayIn, entriesOfDepartment, textIn } from './registers/entries.ts';
import { lastEnded, validNow } from './registers/validity.ts';

const defaultKind = 'situs';
const defaultReminderDays = 60;

/**
 * Diskominfo approved where something of the department stands. Of a website the approval names the address; what
 * the address resolves to says nothing about it.
 */
export const hostingApproved: DepartmentRule = {
  name: 'hosting-approved',
  docs: 'The place of a website, server, VPS or of data was approved, and the approval is valid.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'info',
  params: {
    kind: { default: defaultKind, docs: 'situs, server, vps or data' },
    reminderDays: { default: defaultReminderDays, docs: 'so many days before an approval ends it is said to be near' },
  },
  evidence: {
    id: 'Entri pada register persetujuan penempatan: jenis, nama (untuk situs web: alamatnya), tempat, nomor surat persetujuan, dan masa berlaku.',
    en: 'An entry in the register of hosting approvals: kind, name (of a website: its address), place, number of the letter and validity.',
  },
  headlines: {
    'approval-ended': { id: 'Persetujuan penempatan sudah berakhir', en: 'A hosting approval has ended' },
  },
  reasons: {
    'no-website': {
      id: 'Perangkat Daerah ini tidak memiliki situs web yang terdaftar, sehingga tidak ada yang perlu disetujui penempatannya.',
      en: 'The department has no registered website, so there is nothing whose hosting would need approval.',
    },
    'website-without-approval': {
      id: 'Belum ada persetujuan penempatan situs web {website} yang tercatat dalam register persetujuan penempatan (kolom nama memuat alamatnya).',
      en: 'No approval for hosting the website {website} is entered in the register of hosting approvals (its name is the address).',
    },
    'no-approval': {
      id: 'Belum ada persetujuan penempatan {kind} yang tercatat dalam register persetujuan penempatan.',
      en: 'No approval for placing {kind} is entered in the register of hosting approvals.',
    },
    approved: {
      id: 'Penempatan {name} disetujui dengan surat Nomor {number}.',
      en: 'The hosting of {name} was approved by letter number {number}.',
    },
    'approval-ends-soon': {
      id: 'Penempatan {name} disetujui dengan surat Nomor {number} yang hanya berlaku sampai dengan {untilDay} sehingga perlu segera diperpanjang.',
      en: 'The hosting of {name} was approved by letter number {number}, which is valid only until {untilDay} and should be renewed soon.',
    },
    'approval-ended': {
      id: 'Persetujuan penempatan {name} dengan surat Nomor {number} berakhir {untilDay}, dan penggantinya belum tercatat.',
      en: 'The approval for hosting {name}, letter number {number}, ended on {untilDay}, and no other is entered.',
    },
  },
  words: {
    kind: {
      server: { id: 'server', en: 'a server' },
      vps: { id: 'VPS', en: 'a VPS' },
      data: { id: 'data', en: 'data' },
    },
  },
  judge(facts, params): Judgement {
    const kind = String(params['kind'] ?? defaultKind);
    const own = entriesOfDepartment(facts, 'hosting-approval').filter((entry) => textIn(entry, 'kind') === kind);
    if (kind !== defaultKind) {
      return judgeApprovals(own, facts, params, { reasonCode: 'no-approval', reasonArgs: { kind } });
    }
    if (facts.websites.length === 0) {
      return { status: 'not-applicable', reasonCode: 'no-website', reasonArgs: {}, evidence: [] };
    }
    const hosts = new Set(facts.websites.map(hostOf));
    return worstOf([...hosts].toSorted().map((host) => judgeWebsite(host, own, facts, params)));
  },
};

function judgeWebsite(
  host: string,
  entries: readonly RegisterEntry[],
  facts: DepartmentSubjectFacts,
  params: Params,
): Judgement {
  const named = entries.filter((entry) => hostOf(textIn(entry, 'name') ?? '') === host);
  return judgeApprovals(named, facts, params, {
    reasonCode: 'website-without-approval',
    reasonArgs: { website: host },
  });
}

/** Offices write addresses with and without the scheme, a slash at the end, and capitals. */
function hostOf(address: string): string {
  const [host = ''] = address
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .split(/[/:?#]/, 1);
  return host;
}

function judgeApprovals(
  entries: readonly RegisterEntry[],
  facts: DepartmentSubjectFacts,
  params: Params,
  none: Pick<Judgement, 'reasonCode' | 'reasonArgs'>,
): Judgement {
  const begins = recheckOn(
    entries.map((entry) => dayIn(entry, 'from')),
    facts,
  );
  const current = validNow(entries, facts);
  if (current !== undefined) return approved(current, facts, params, begins);
  const ended = lastEnded(entries, facts);
  if (ended === undefined) return { status: 'no-evidence', ...none, evidence: [], endsBreach: true, ...begins };
  const untilDay = dayIn(ended, 'until') ?? facts.today;
  return {
    status: 'breached',
    exceeded: 'finding',
    sinceAtMs: dayStartMs(shiftDay(untilDay, 1), facts.timezone),
    reasonCode: 'approval-ended',
    reasonArgs: { ...letterOf(ended), untilDay },
    evidence: [ended.reference],
    ...begins,
  };
}

function letterOf(entry: RegisterEntry): { name: string; number: string } {
  return { name: textIn(entry, 'name') ?? '-', number: textIn(entry, 'number') ?? '-' };
}

function approved(
  entry: RegisterEntry,
  facts: DepartmentSubjectFacts,
  params: Params,
  begins: Pick<Judgement, 'recheckAtMs'>,
): Judgement {
  const said = { status: 'compliant' as const, evidence: [entry.reference] };
  const untilDay = dayIn(entry, 'until');
  if (untilDay === undefined) return { ...said, reasonCode: 'approved', reasonArgs: letterOf(entry), ...begins };
  const reminderDay = shiftDay(untilDay, -amount(params['reminderDays'], defaultReminderDays));
  const ends = recheckOn([reminderDay, shiftDay(untilDay, 1)], facts);
  const recheckAtMs = Math.min(begins.recheckAtMs ?? Infinity, ends.recheckAtMs ?? Infinity);
  const again = recheckAtMs < Infinity ? { recheckAtMs } : {};
  return facts.today >= reminderDay
    ? { ...said, reasonCode: 'approval-ends-soon', reasonArgs: { ...letterOf(entry), untilDay }, ...again }
    : { ...said, reasonCode: 'approved', reasonArgs: letterOf(entry), ...again };
}
