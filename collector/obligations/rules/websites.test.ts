import { describe, expect, it } from 'vitest';
import { dayMs, measured, measuredAtMs as nowMs, measuredRecord, website } from '../measured-facts.test-kit.ts';
import type { DepartmentSubjectFacts, Judgement, MeasuredFacts, SiteMonthView } from '../rule.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { register } from './registers/register.test-kit.ts';
import { websiteAvailable } from './website-available.ts';
import { websiteContentFresh } from './website-content-fresh.ts';
import { websiteDomainValid } from './website-domain-valid.ts';
import { websiteExists } from './website-exists.ts';

const host = 'dinkes.lebongkab.go.id';
const recheckAtMs = nowMs + 3_600_000;
const unknown = (reasonCode: string, more: Partial<Judgement> = {}): Judgement => ({
  status: 'no-evidence',
  reasonCode,
  reasonArgs: {},
  evidence: [],
  ...more,
});
const of = (patch: Partial<MeasuredFacts>): DepartmentSubjectFacts => department({ measured: measured(patch) });
const noWebsite: Judgement = { status: 'not-applicable', reasonCode: 'no-website', reasonArgs: {}, evidence: [] };
const never = { state: 'down' as const, lastUpAtMs: undefined };

describe('website-exists', () => {
  it.each<[string, Partial<MeasuredFacts>, Judgement]>([
    [
      'a website answered lately',
      { websites: [website({}, never), website({ host: 'ppid.lebongkab.go.id' })] },
      {
        status: 'compliant',
        reasonCode: 'exists',
        reasonArgs: { host: 'ppid.lebongkab.go.id', lastUpAtMs: nowMs - 60_000 },
        evidence: [measuredRecord(7)],
        recheckAtMs,
      },
    ],
    [
      'it is down, and answered a week ago at most',
      { websites: [website({}, { state: 'down', lastUpAtMs: nowMs - 7 * dayMs })] },
      {
        status: 'compliant',
        reasonCode: 'exists',
        reasonArgs: { host, lastUpAtMs: nowMs - 7 * dayMs },
        evidence: [measuredRecord(7)],
        recheckAtMs,
      },
    ],
    [
      'it shows a certificate that has ended',
      { websites: [website({}, { ...never, reason: 'certificate-expired', lastRoundAtMs: nowMs - 60_000 })] },
      {
        status: 'compliant',
        reasonCode: 'exists',
        reasonArgs: { host, lastUpAtMs: nowMs - 60_000 },
        evidence: [measuredRecord(7)],
        recheckAtMs,
      },
    ],
    [
      'it has not answered for longer than our number',
      { websites: [website({}, { ...never, sinceMs: nowMs - 8 * dayMs })] },
      {
        status: 'breached',
        exceeded: 'indication',
        reasonCode: 'absent',
        sinceAtMs: nowMs - 8 * dayMs,
        reasonArgs: { hosts: host, absentAfterDays: 7 },
        evidence: [measuredRecord(7)],
        recheckAtMs,
      },
    ],
    [
      'the Pemda says that there is none',
      { websites: 'none' },
      {
        status: 'breached',
        exceeded: 'violation',
        reasonCode: 'no-website',
        sinceAtMs: nowMs,
        reasonArgs: {},
        evidence: [],
      },
    ],
    [
      'it never answered, since yesterday',
      { websites: [website({}, { ...never, sinceMs: nowMs - dayMs })] },
      unknown('silent-lately', {
        reasonArgs: { hosts: host, absentAfterDays: 7 },
        evidence: [measuredRecord(7)],
        recheckAtMs,
      }),
    ],
    ['none is registered', { websites: [] }, unknown('not-registered')],
    [
      'nobody at the Pusat Data can look',
      { websites: [website()], vantageCount: 0 },
      unknown('nobody-looks', { recheckAtMs }),
    ],
    [
      'nobody has looked yet',
      { websites: [website({ seen: undefined })] },
      unknown('not-looked-at', { reasonArgs: { hosts: host }, recheckAtMs }),
    ],
  ])('when %s', (_name, patch, expected) => {
    expect(websiteExists.judge(of(patch), {}, nowMs)).toEqual(expected);
  });
});

describe('website-domain-valid', () => {
  const params = { officialDomain: 'lebongkab.go.id', subdomainsPerPd: 1 };
  const foreign = website({ host: 'dinkes-lebong.example.com' });
  const second = website({ host: 'ppid.lebongkab.go.id' });

  it.each<[string, Partial<MeasuredFacts>, Judgement]>([
    [
      'it is a subdomain',
      { websites: [website()] },
      {
        status: 'compliant',
        reasonCode: 'under-domain',
        reasonArgs: { hosts: host, officialDomain: 'lebongkab.go.id' },
        evidence: [measuredRecord(7)],
        recheckAtMs,
      },
    ],
    [
      'it is the official domain, and one subdomain with and without www',
      {
        websites: [
          website({ host: 'www.lebongkab.go.id' }),
          website({ host: 'lebongkab.go.id' }),
          website({ host: `www.${host}` }),
          website(),
        ],
      },
      {
        status: 'compliant',
        reasonCode: 'under-domain',
        reasonArgs: {
          hosts: `${host}, lebongkab.go.id, www.${host}, www.lebongkab.go.id`,
          officialDomain: 'lebongkab.go.id',
        },
        evidence: Array.from({ length: 4 }, () => measuredRecord(7)),
        recheckAtMs,
      },
    ],
    [
      'one of two lies elsewhere',
      { websites: [website(), foreign] },
      {
        status: 'breached',
        exceeded: 'violation',
        reasonCode: 'outside-domain',
        sinceAtMs: nowMs,
        reasonArgs: { hosts: 'dinkes-lebong.example.com', officialDomain: 'lebongkab.go.id' },
        evidence: [measuredRecord(7)],
        recheckAtMs,
      },
    ],
    [
      'there are more subdomains than the law has',
      { websites: [website(), second] },
      {
        status: 'breached',
        exceeded: 'finding',
        reasonCode: 'too-many-subdomains',
        sinceAtMs: nowMs,
        reasonArgs: { subdomainCount: 2, hosts: `${host}, ppid.lebongkab.go.id`, allowedCount: 1 },
        evidence: [measuredRecord(7), measuredRecord(7)],
        recheckAtMs,
      },
    ],
    [
      'it never answered',
      { websites: [website({}, never)] },
      unknown('not-looked-at', { reasonArgs: { hosts: host }, recheckAtMs }),
    ],
    ['none is registered', { websites: [] }, unknown('not-registered')],
    ['the department has none', { websites: 'none' }, noWebsite],
  ])('when %s', (_name, patch, expected) => {
    expect(websiteDomainValid.judge(of(patch), params, nowMs)).toEqual(expected);
  });

  it('says nothing without the official domain, and does not take a name that only ends alike', () => {
    expect(websiteDomainValid.judge(of({ websites: [website()] }), {}, nowMs)).toEqual(unknown('domain-not-set'));
    const alike = website({ host: 'palsulebongkab.go.id' });
    expect(websiteDomainValid.judge(of({ websites: [alike] }), params, nowMs).reasonCode).toBe('outside-domain');
  });
});

describe('website-available', () => {
  const october = {
    month: '2026-10',
    fromMs: Date.parse('2026-09-30T17:00:00Z'),
    untilMs: Date.parse('2026-10-31T17:00:00Z'),
  };
  const month = (upHours: number, downHours: number, site = 'dinkes-lebongkab-go-id'): SiteMonthView => ({
    site,
    ...october,
    upSeconds: upHours * 3600,
    downSeconds: downHours * 3600,
    coverageRatio: 1,
    record: measuredRecord(8),
  });
  const judge = (months: SiteMonthView[], patch: Partial<MeasuredFacts> = {}) =>
    websiteAvailable.judge({ ...of({ websites: [website()], ...patch }), months }, {}, nowMs);

  it('is met by the last whole month, of registered websites only', () => {
    expect(judge([month(735, 9), month(0, 744, 'lama-lebongkab-go-id')])).toEqual({
      status: 'compliant',
      reasonCode: 'target-met',
      reasonArgs: { host, month: '2026-10', upPercent: 98.79, targetPercent: 98 },
      evidence: [measuredRecord(8)],
      recheckAtMs,
    });
  });

  it('is missed by it', () => {
    expect(judge([month(700, 44)])).toEqual({
      status: 'breached',
      exceeded: 'indication',
      reasonCode: 'target-missed',
      sinceAtMs: october.untilMs,
      reasonArgs: { host, month: '2026-10', upPercent: 94.09, targetPercent: 98 },
      evidence: [measuredRecord(8)],
      recheckAtMs,
    });
  });

  it.each<[string, Partial<MeasuredFacts>, Judgement]>([
    ['the department has none', { websites: 'none' }, noWebsite],
    ['none is registered', { websites: [] }, unknown('not-registered')],
    ['nobody can look', { vantageCount: 0 }, unknown('nobody-looks', { recheckAtMs })],
    [
      'nobody has looked yet',
      { websites: [website({ seen: undefined })] },
      unknown('not-looked-at', { reasonArgs: { hosts: host }, recheckAtMs }),
    ],
    ['it was looked at for too short a time', {}, unknown('not-measured', { recheckAtMs })],
  ])('says nothing when %s', (_name, patch, expected) => {
    expect(judge([], patch)).toEqual(expected);
  });
});

describe('website-content-fresh', () => {
  const judge = (given: Parameters<typeof register>[0], patch: Partial<DepartmentSubjectFacts> = {}) =>
    websiteContentFresh.judge(department({ registers: register(given), ...patch }), {}, nowMs);
  const looked = (date: string, more: Record<string, string> = {}) => ({
    record: [{ pd: 'dinkes', topic: 'website-content', title: 'Pemeriksaan isi situs', date, ...more }],
  });

  it('rests on what somebody who looked put on record, for as long as our number of days', () => {
    expect(judge(looked('2026-11-10')).status).toBe('compliant');
    expect(judge(looked('2026-10-01'))).toMatchObject({ status: 'breached', exceeded: 'indication', severity: 'info' });
    expect(judge(looked('2026-11-10', { result: 'tidak-sesuai' })).reasonCode).toBe('not-conforming');
    expect(judge({})).toMatchObject({ status: 'no-evidence', reasonCode: 'no-record' });
    expect(judge({}, { measured: measured({ websites: 'none' }) })).toEqual(noWebsite);
  });
});
