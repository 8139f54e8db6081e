import type { DepartmentRule, DepartmentSubjectFacts, Judgement } from '../rule.ts';
import type { RegisterEntry } from '../register-view.ts';
import { dayStartMs, shiftDay } from './registers/calendar.ts';
import { amount, nothingEntered, recheckOn } from './registers/due.ts';
import { dayIn, entriesOfDepartment, newestFirst, textIn } from './registers/entries.ts';

const defaultWarnDays = 60;

/** Electronic certificates with which people of the department sign are valid; no probe can see them. */
export const eCertificateValid: DepartmentRule = {
  name: 'e-certificate-valid',
  docs: 'The newest electronic certificate of each signer of the department is valid.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'warning',
  params: {
    warnDays: { default: defaultWarnDays, docs: 'so many days before a certificate ends it is said to be near' },
  },
  evidence: {
    id: 'Entri pada register sertifikat elektronik: pemegang, penerbit, nomor seri, dan masa berlaku.',
    en: 'An entry in the register of electronic certificates: holder, issuer, serial number and validity.',
  },
  headlines: { ended: { id: 'Sertifikat elektronik sudah berakhir', en: 'An electronic certificate has ended' } },
  reasons: {
    'no-certificate': {
      id: 'Belum ada sertifikat elektronik yang tercatat dalam register sertifikat elektronik untuk Perangkat Daerah ini.',
      en: 'No electronic certificate is entered for this department in the register of electronic certificates.',
    },
    valid: {
      id: 'Sertifikat elektronik {holderCount} pemegang berlaku; yang paling dahulu berakhir milik {holder}, {untilDay}.',
      en: 'The electronic certificates of {holderCount} holders are valid; the first to end is that of {holder}, on {untilDay}.',
    },
    'ends-soon': {
      id: 'Sertifikat elektronik milik {holder} berlaku hanya sampai dengan {untilDay} dan perlu segera diperpanjang.',
      en: 'The electronic certificate of {holder} is valid only until {untilDay} and should be renewed soon.',
    },
    ended: {
      id: 'Sertifikat elektronik milik {holder} berakhir {untilDay}, dan penggantinya belum tercatat. Pemegang yang sertifikatnya sudah berakhir: {endedCount}.',
      en: 'The electronic certificate of {holder} ended on {untilDay}, and no other is entered. Holders whose certificate has ended: {endedCount}.',
    },
  },
  judge(facts, params): Judgement {
    const held = newestOfEach(facts);
    const [first] = held;
    if (first === undefined) return nothingEntered('no-certificate', facts);
    const warnDays = amount(params['warnDays'], defaultWarnDays);
    const reasonArgs = { holder: first.holder, untilDay: first.untilDay };
    const again = recheckOn(
      held.flatMap(({ untilDay }) => [shiftDay(untilDay, -warnDays), shiftDay(untilDay, 1)]),
      facts,
    );
    if (first.untilDay < facts.today) {
      const ended = held.filter(({ untilDay }) => untilDay < facts.today);
      return {
        status: 'breached',
        exceeded: 'finding',
        sinceAtMs: dayStartMs(shiftDay(first.untilDay, 1), facts.timezone),
        reasonCode: 'ended',
        reasonArgs: { ...reasonArgs, endedCount: ended.length },
        evidence: ended.map(({ entry }) => entry.reference),
        ...again,
      };
    }
    const evidence = held.map(({ entry }) => entry.reference);
    if (facts.today >= shiftDay(first.untilDay, -warnDays)) {
      return { status: 'compliant', reasonCode: 'ends-soon', reasonArgs, evidence, ...again };
    }
    const holderCount = held.length;
    return { status: 'compliant', reasonCode: 'valid', reasonArgs: { holderCount, ...reasonArgs }, evidence, ...again };
  },
};

interface Held {
  holder: string;
  untilDay: string;
  entry: RegisterEntry;
}

/** The certificate of each holder that lasts longest, the first to end before the others. */
function newestOfEach(facts: DepartmentSubjectFacts): Held[] {
  const begun = entriesOfDepartment(facts, 'certificate').filter(
    (entry) => (dayIn(entry, 'validFrom') ?? facts.today) <= facts.today,
  );
  const held = new Map<string, Held>();
  for (const { entry, day } of newestFirst(begun, 'validUntil')) {
    const holder = textIn(entry, 'holder') ?? '-';
    if (!held.has(holder)) held.set(holder, { holder, untilDay: day, entry });
  }
  return [...held.values()].toReversed();
}
