import Type from 'typebox';

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
    /** Who must act: the department itself, or Diskominfo. */
    owner: Type.Union([Type.Literal('perangkat-daerah'), Type.Literal('diskominfo')]),
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
    obligations: Type.Array(Obligation, { minItems: 1 }),
  },
  strict,
);

export type Regulation = Type.Static<typeof RegulationSchema>;
export type Obligation = Type.Static<typeof Obligation>;
export type Citation = Type.Static<typeof Citation>;
export type Modality = Obligation['modality'];
