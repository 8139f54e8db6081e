import Type from 'typebox';
import { type Grade, grades, type OwnerRole, ownerRoles } from '../../shared/states.ts';

/**
 * A regulation as data: which of its duties are judged, by which rule, and how much its verbs allow a verdict to say.
 * Summaries are in our own words; the law itself is cited, never copied.
 */
const strict = { additionalProperties: false };
const Citation = Type.Object(
  {
    pasal: Type.String({ pattern: '^\\d{1,3}[A-Z]?$' }),
    ayat: Type.Optional(Type.String({ pattern: '^\\d{1,2}[a-z]?$' })),
    huruf: Type.Optional(Type.String({ pattern: '^[a-z]{1,2}$' })),
  },
  strict,
);

const Obligation = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,80}$' }),
    rule: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }),
    citation: Citation,
    /** Further provisions that the duty rests on. */
    related: Type.Optional(Type.Array(Citation)),
    title: Type.Object({ id: Type.String(), en: Type.String() }, strict),
    /** The law's own verb, which caps what a breach may be called. */
    modality: Type.Union([
      Type.Literal('wajib'),
      Type.Literal('harus'),
      Type.Literal('menjamin'),
      Type.Literal('tugas'),
      Type.Literal('dapat'),
    ]),
    /** The most that a breach may be called although the verb allows more: what we see cannot prove it. */
    maxGrade: Type.Optional(Type.Unsafe<Grade>(Type.Union(grades.map((grade) => Type.Literal(grade))))),
    /** What the law leaves open here, and what was read into it. */
    note: Type.Optional(Type.Object({ id: Type.String(), en: Type.String() }, strict)),
    /** Who must act. */
    owner: Type.Unsafe<OwnerRole>(Type.Union(ownerRoles.map((role) => Type.Literal(role)))),
    params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()]))),
  },
  strict,
);

export const RegulationSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    /** Official title. */
    title: Type.String(),
    shortTitle: Type.String(),
    /** Who runs the local network of a department, where the regulation tells LAN and WAN apart. */
    lan: Type.Optional(
      Type.Object(
        {
          operator: Type.Union([Type.Literal('perangkat-daerah'), Type.Literal('diskominfo')]),
          /** A Perangkat Daerah Mandiri TIK may run its own. */
          mandiriTik: Type.Boolean(),
        },
        strict,
      ),
    ),
    obligations: Type.Array(Obligation, { minItems: 1 }),
  },
  strict,
);

export type Regulation = Type.Static<typeof RegulationSchema>;
export type Obligation = Type.Static<typeof Obligation>;
export type Citation = Type.Static<typeof Citation>;
export type Modality = Obligation['modality'];
