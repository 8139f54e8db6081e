import Type from 'typebox';
import { type Grade, grades, type OwnerRole, ownerRoles } from '../../shared/states.ts';
import { Citation } from './citation.ts';
import { Structure } from './structure.ts';

export type { Citation } from './citation.ts';

/**
 * A regulation as data: which of its duties are judged, by which rule, and how much its verbs allow a verdict to say.
 * Summaries are in our own words; the law itself is cited, never copied.
 */
const strict = { additionalProperties: false };
const Words = Type.Object({ id: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, strict);
const ParamValue = Type.Union([Type.Number(), Type.String(), Type.Boolean()]);

/** Whom a provision binds, as the regulation names it. */
export const parties = [
  'perangkat-daerah',
  'diskominfo',
  'perangkat-daerah-mandiri-tik',
  'pemerintah-daerah',
  'kepala-daerah',
  'tim-koordinasi',
] as const;
export type Party = (typeof parties)[number];

const Name = Type.String({ minLength: 1, maxLength: 200 });
type NamedParties = Record<Exclude<Party, 'diskominfo'>, ReturnType<typeof Type.Optional<typeof Name>>>;

const Obligation = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,80}$' }),
    rule: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }),
    citation: Citation,
    /** Further provisions that the duty rests on. */
    related: Type.Optional(Type.Array(Citation)),
    title: Words,
    /** What the provision asks, in our own words. */
    summary: Words,
    /** Whom it binds, which need not be who must act on a breach (`owner`). */
    party: Type.Unsafe<Party>(Type.Union(parties.map((party) => Type.Literal(party)))),
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
    note: Type.Optional(Words),
    /** What satisfies it, when it is not what the rule says of all its duties. */
    evidence: Type.Optional(Words),
    /** Who must act. */
    owner: Type.Unsafe<OwnerRole>(Type.Union(ownerRoles.map((role) => Type.Literal(role)))),
    /** Ours, as the defaults of the rule are; a Pemda may set others. */
    params: Type.Optional(Type.Record(Type.String(), ParamValue)),
    /** Set by the law itself: no Pemda can change them. */
    lawParams: Type.Optional(Type.Record(Type.String(), ParamValue)),
  },
  strict,
);

export const RegulationSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
    /** Official title. */
    title: Type.String(),
    shortTitle: Type.String(),
    /** How the regulation calls those whom it binds: the ICT office always, the others where it names them. */
    parties: Type.Object(
      {
        ...(Object.fromEntries(parties.map((party) => [party, Type.Optional(Name)])) as NamedParties),
        diskominfo: Name,
      },
      strict,
    ),
    /** Provisions that nothing here judges, and why. */
    notJudged: Type.Optional(
      Type.Array(Type.Object({ citations: Type.Array(Citation, { minItems: 1 }), reason: Words }, strict)),
    ),
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
    /** By which the citations are checked. */
    structure: Structure,
    obligations: Type.Array(Obligation, { minItems: 1 }),
  },
  strict,
);

export type Regulation = Type.Static<typeof RegulationSchema>;
export type Obligation = Type.Static<typeof Obligation>;
export type Modality = Obligation['modality'];

/** For editors of whoever writes a regulation file. */
export const regulationJsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Regulation of Pantau',
  ...RegulationSchema,
};
