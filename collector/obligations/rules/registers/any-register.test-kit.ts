import fc from 'fast-check';
import { topics } from '../../../registers/topics.ts';
import { shiftDay } from '../../backup-history/local-days.ts';
import { anyPusatData } from '../../measured-facts.test-kit.ts';
import type { IncidentView } from '../../incident-view.ts';
import type { PemdaSubjectFacts } from '../../register-facts.ts';
import type { Params, Rule } from '../../rule.ts';
import { nowMs, register, timezone, today } from './register.test-kit.ts';

/** Registers as people might keep them, for properties that must hold of every judgement. */
type Row = Record<string, string>;
type Rows = Record<string, Row[]>;

const dayMs = 86_400_000;
/** Days around which reminders begin and periods end. */
const telling = [0, -1, 1, 10, -25, -28, -360, -700].map((count) => shiftDay(today, count));
const day = fc.oneof(
  fc.integer({ min: -1200, max: 900 }).map((count) => shiftDay(today, count)),
  fc.constantFrom(...telling, '2023-01-01', '2026-08-20', '2027-12-31', 'kemarin'),
);
const maybe = (value: fc.Arbitrary<string>, freq = 2) => fc.option(value, { nil: '', freq });
const pd = maybe(fc.constantFrom('dinkes', 'dinkes', 'dinkes', 'diskominfo', 'dukcapil'), 3);
const person = fc.constantFrom('Sri', 'BSSN', 'Kepala Dinas');
/** Stands for what the duty asks for, so that most entries are about it. */
const asked = '*';
const oftenAsked = (...others: [string, ...string[]]) => fc.constantFrom(asked, asked, asked, ...others);

const rowsOf = (model: Record<string, fc.Arbitrary<string>>, maxLength = 3): fc.Arbitrary<Row[]> =>
  fc.array(fc.record({ pd, ...model }), { maxLength }).map((rows) => rows.map(withoutEmptyCells));

function withoutEmptyCells(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
}

const scope = fc.constantFrom('infrastruktur', 'aplikasi', 'keamanan');
const number = fc.constantFrom('1/2026', '2/2026');
const incident = maybe(fc.constantFrom('INS-1', 'INS-2', 'INS-3'), 3);

const anyRows: fc.Arbitrary<Rows> = fc.record({
  audit: rowsOf(
    { scope, date: day, auditor: person, auditorKind: fc.constantFrom('internal', 'eksternal'), ...reported() },
    6,
  ),
  evaluation: rowsOf({ kind: fc.constantFrom('mandiri', 'asesor', 'eksternal'), date: day, by: person, ...reported() }),
  plan: rowsOf({
    kind: oftenAsked('arsitektur'),
    title: person,
    validFrom: day,
    validUntil: maybe(day, 4),
    reviewedOn: maybe(day),
  }),
  report: rowsOf({ kind: oftenAsked('insiden', 'insiden', 'aset'), date: day, recipient: person, incident }),
  software: rowsOf({
    name: person,
    node: maybe(fc.constantFrom('server-1', 'server-2'), 6),
    registrationNumber: maybe(number, 4),
    registeredOn: maybe(day),
  }),
  'hosting-approval': rowsOf({
    kind: oftenAsked('server'),
    name: fc.constantFrom('dinkes.lebongkab.go.id', 'SIMPUS'),
    place: fc.constantFrom('luar', 'pusat-data'),
    number,
    from: day,
    until: maybe(day),
  }),
  hardware: rowsOf(
    {
      node: maybe(fc.constantFrom('server-1', 'server-2', 'router-1'), 8),
      name: person,
      assetNumber: maybe(number, 4),
    },
    6,
  ),
  certificate: rowsOf({ holder: person, validFrom: maybe(day), validUntil: day }),
  'mandiri-tik': rowsOf({ number, from: day, until: maybe(day) }),
  'service-desk': rowsOf({ kind: fc.constant('gangguan'), incident }, 4),
  record: rowsOf({
    topic: oftenAsked('vendor'),
    title: person,
    date: day,
    validUntil: maybe(day),
    result: maybe(fc.constantFrom('sesuai', 'sesuai', 'tidak-sesuai', 'belum')),
  }),
});

function reported() {
  return { reportedOn: maybe(day), reportedTo: maybe(person) };
}

const anyIncident: fc.Arbitrary<IncidentView> = fc.record({
  id: fc.constantFrom('INS-1', 'INS-2', 'INS-3'),
  pd: fc.constant('dinkes'),
  obligation: fc.constant('lebong-21-5-a-wan-oleh-dinas'),
  severity: fc.constant('critical' as const),
  openedAtMs: fc.integer({ min: 0, max: 100 }).map((days) => nowMs - days * dayMs),
  resolvedAtMs: fc.option(fc.constant(nowMs - dayMs), { nil: undefined }),
  isSerious: fc.boolean(),
  decision: fc.option(
    fc.record({
      atMs: fc.integer({ min: 0, max: 120 }).map((minutes) => nowMs - minutes * 60_000),
      isByOtherParty: fc.boolean(),
    }),
    { nil: undefined, freq: 3 },
  ),
});

export const anyIncidents = fc.uniqueArray(anyIncident, { maxLength: 3, selector: ({ id }) => id });

const choices: Record<string, readonly (number | string | boolean)[]> = {
  isLawNumber: [true, false],
  everyDays: [0, 0, 30, 365],
  everyYears: [0, 0, 0, 2, 5],
  scope: ['semua', 'infrastruktur', 'aplikasi', 'keamanan'],
  topic: topics.map(({ name }) => name),
  points: ['berkala', 'paruh-waktu'],
  officialDomain: ['', 'lebongkab.go.id', 'lebongkab.go.id'],
  subdomainsPerPd: [0, 1],
  managedBy: ['diskominfo', 'perangkat-daerah'],
  mandiriTikExempt: [true, false],
  needsAssetNumber: [true, false],
};
const kinds: Record<string, readonly string[]> = {
  'supervision-report-due': ['supervisi', 'supervisi-pencadangan', 'meja-layanan', 'aset', 'insiden', 'koordinasi'],
  'plan-review-due': [
    'rencana-induk',
    'arsitektur',
    'peta-rencana',
    'rencana-aksi',
    'pemulihan-bencana',
    'keberlangsungan',
  ],
  'hosting-approved': ['situs', 'situs', 'situs', 'server', 'vps', 'data'],
};

function defaultsOf(rule: Rule): Params {
  return Object.fromEntries(Object.entries(rule.params).map(([name, spec]) => [name, spec.default]));
}

/** Params as duties might set them. */
export function anyParams(rule: Rule): fc.Arbitrary<Params> {
  const model = Object.entries(rule.params).map(([name, spec]) => {
    const values = name === 'kind' ? kinds[rule.name] : choices[name];
    return [name, fc.constantFrom(...(values ?? [spec.default]))] as const;
  });
  return fc.record(Object.fromEntries(model));
}

/** Rules that are about one topic of records. */
const fixedTopics: Record<string, string> = {
  'segment-owner-named': 'lan-operator',
  'website-content-fresh': 'website-content',
};

/** Entries about what the params ask for, and some about other things. */
export function anyRegisters(rule: Rule, params: Params): fc.Arbitrary<PemdaSubjectFacts['registers']> {
  const { topic, kind = 'supervisi' } = { ...defaultsOf(rule), ...params };
  const meant = fixedTopics[rule.name] ?? String(topic ?? kind);
  return anyRows.map((rows) => {
    const filled = Object.entries(rows).map(([name, each]) => [
      name,
      each.map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === asked ? meant : value])),
      ),
    ]);
    return register(Object.fromEntries(filled) as Rows);
  });
}

export function anyPemda(rule: Rule, params: Params): fc.Arbitrary<PemdaSubjectFacts> {
  return fc.record({
    today: fc.constant(today),
    timezone: fc.constant(timezone),
    diskominfo: fc.constant('diskominfo'),
    registers: anyRegisters(rule, params),
    incidents: anyIncidents,
    pusatData: anyPusatData,
  });
}
