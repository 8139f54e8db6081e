import Type, { type Static } from 'typebox';

const Text = Type.String();
const OptionalText = Type.Union([Type.String(), Type.Null()]);
/** RFC 3339 in the Pemda's zone. */
const Instant = Type.String({ format: 'date-time' });
const OptionalInstant = Type.Union([Instant, Type.Null()]);
const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

/** Where a number comes from: `default` and `duty` are ours, `pemda` and `dataset` the Pemda's, `law` the regulation's. */
export const paramSources = ['default', 'duty', 'pemda', 'dataset', 'law'] as const;
export type ParamSource = (typeof paramSources)[number];

const Param = Type.Object({
  name: Text,
  value: Value,
  /** What it would be, if nobody had set it; null for what has no default. */
  default: Value,
  source: Type.Unsafe<ParamSource>(Type.Union(paramSources.map((source) => Type.Literal(source)))),
  /** The provision that sets it, or the decree on which the Pemda's setting rests. */
  basis: OptionalText,
  docs: Text,
});

const ReportRecord = Type.Object({
  kind: Type.Literal('report'),
  agent: Text,
  session: Text,
  seq: Type.Integer(),
  /** False when neither the store nor the ledger has it any more; then all that follows is null. */
  kept: Type.Boolean(),
  keptIn: OptionalText,
  pd: OptionalText,
  site: OptionalText,
  node: OptionalText,
  takenAt: OptionalInstant,
  receivedAt: OptionalInstant,
  /** Of the bytes as they came. */
  sha256: OptionalText,
  sizeBytes: Type.Union([Type.Integer(), Type.Null()]),
  proof: OptionalText,
  /** Whether the signature was found genuine just now; null where there is none to check. */
  genuine: Type.Union([Type.Boolean(), Type.Null()]),
});
const EntryRecord = Type.Object({
  kind: Type.Literal('register'),
  register: Text,
  entry: Text,
  revision: Type.Integer(),
  kept: Type.Boolean(),
  enteredBy: OptionalText,
  enteredAt: OptionalInstant,
  values: Type.Record(Type.String(), Value),
  attachments: Type.Array(Text),
  /** It was changed or removed since. */
  changed: Type.Boolean(),
});
const IncidentRecord = Type.Object({
  kind: Type.Literal('incident'),
  incident: Text,
  kept: Type.Boolean(),
  state: OptionalText,
  cause: OptionalText,
  openedAt: OptionalInstant,
  resolvedAt: OptionalInstant,
});
const EvidenceRecord = Type.Union([ReportRecord, EntryRecord, IncidentRecord]);
export type EvidenceRecord = Static<typeof EvidenceRecord>;

/** Why a verdict is what it is: law, rule, parameters, facts, records. */
export const WhySchema = Type.Object({
  pd: Text,
  obligation: Text,
  /** `<pd>`, `<pd>/<dataset or site>`, `pemda` or `wilayah/<area>`. */
  subject: Text,
  law: Type.Object({
    regulation: Text,
    title: Text,
    /** As the law writes it: `Pasal 21 ayat (5) huruf a`. */
    citation: Text,
    related: Type.Array(Text),
    duty: Text,
    /** In our own words. */
    summary: Text,
    modality: Text,
    party: Type.Object({ role: Text, name: Text }),
    note: OptionalText,
  }),
  rule: Type.Object({ name: Text, docs: Text, satisfiedBy: OptionalText }),
  params: Type.Array(Param),
  facts: Type.Object({
    reasonCode: Text,
    reason: Text,
    values: Type.Array(Type.Object({ name: Text, value: Value, text: Text })),
    sites: Type.Array(Text),
  }),
  records: Type.Array(EvidenceRecord),
  verdict: Type.Object({
    status: Text,
    since: Instant,
    judgedAt: OptionalInstant,
    grade: OptionalText,
    severity: OptionalText,
    /** The most that the law's verb allows to say, and the duty's own limit where it has one. */
    verbAllows: Text,
    dutyAllows: OptionalText,
    gradeReason: OptionalText,
    owner: Text,
    waiver: Type.Union([Type.Object({ number: Text, until: Text }), Type.Null()]),
    /** Why nobody is told of the breach at present; null also where that is not known. */
    heldBackBy: OptionalText,
    incident: OptionalText,
  }),
});
export type Why = Static<typeof WhySchema>;
