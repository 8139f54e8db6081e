import Type from 'typebox';

/**
 * What an agent sends: an envelope with one report, or with a batch when its spool drains. Full names, base units
 * (seconds, bytes, ratios 0..1), instants as RFC 3339 in UTC. A field that could not be measured is left out, never
 * zero; why it could not stands in `failures`.
 */
export const reportSchemaName = 'pantau.report/1';

/** No control characters: such text ends up in metrics, mails and terminals. */
const printable = '^[^\\u0000-\\u001f\\u007f]*$';
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: printable });
/** Every text that fits is a moment that `Date.parse` knows: a month 13 or an hour 25 is refused here. */
const Instant = Type.String({
  maxLength: 30,
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?Z$',
});
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Bytes = Count;
const Seconds = Type.Number({ minimum: 0, maximum: 1e10 });
const Ratio = Type.Number({ minimum: 0, maximum: 1 });
const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });
const strict = { additionalProperties: false };

const Cpu = Type.Object(
  {
    count: Type.Integer({ minimum: 1, maximum: 65536 }),
    /** Share of all processors' time not idle since the previous report; absent in the first one. */
    busyRatio: Type.Optional(Ratio),
    load1: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
    load5: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
    load15: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
  },
  strict,
);

const Memory = Type.Object(
  { sizeBytes: Bytes, availableBytes: Bytes, swapSizeBytes: Bytes, swapFreeBytes: Bytes },
  strict,
);

const Filesystem = Type.Object(
  {
    mount: Text(512),
    device: Text(512),
    type: Text(64),
    sizeBytes: Bytes,
    availableBytes: Bytes,
    readOnly: Type.Optional(Type.Boolean()),
  },
  strict,
);

const Interface = Type.Object(
  {
    name: Text(64),
    up: Type.Boolean(),
    receiveBytes: Count,
    transmitBytes: Count,
    receiveErrors: Type.Optional(Count),
    transmitErrors: Type.Optional(Count),
    speedBitsPerSecond: Type.Optional(Count),
  },
  strict,
);

const Probe = Type.Object(
  {
    /** Unique in the agent; the target's own name in the configuration. */
    name: Text(128),
    kind: Name,
    layer: Type.Union([Type.Literal('lan'), Type.Literal('wan'), Type.Literal('internet'), Type.Literal('spl')]),
    /** The department and site that the result speaks for, when they are not the agent's own. */
    pd: Type.Optional(Name),
    site: Type.Optional(Name),
    target: Text(255),
    state: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('unknown')]),
    /** Kebab-case; present unless the state is up, or to say that a fall-back was used. */
    reason: Type.Optional(Text(64)),
    sentCount: Type.Integer({ minimum: 0, maximum: 100 }),
    receivedCount: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Mean over the answers of this round. */
    roundTripSeconds: Type.Optional(Type.Number({ minimum: 0, maximum: 3600 })),
  },
  strict,
);

const Backup = Type.Object(
  {
    dataset: Name,
    source: Name,
    /** `no-data` means looked and found nothing; `failed` means could not look, or the job says it failed. */
    outcome: Type.Union([Type.Literal('ok'), Type.Literal('no-data'), Type.Literal('failed')]),
    reason: Type.Optional(Text(256)),
    /** The object that the claim is about: a file's name, a snapshot's id. */
    objectName: Type.Optional(Text(1024)),
    completedAt: Type.Optional(Instant),
    sizeBytes: Type.Optional(Bytes),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  },
  strict,
);

const Failure = Type.Object({ of: Text(128), reason: Text(256) }, strict);

const InventoryRow = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,40}$' }),
  Type.Union([Text(256), Type.Number(), Type.Boolean()]),
  {
    maxProperties: 24,
    ...strict,
  },
);
const Inventory = Type.Object(
  {
    takenAt: Instant,
    system: InventoryRow,
    os: InventoryRow,
    cpu: InventoryRow,
    disks: Type.Array(InventoryRow, { maxItems: 64 }),
    interfaces: Type.Array(InventoryRow, { maxItems: 128 }),
    listening: Type.Array(InventoryRow, { maxItems: 256 }),
  },
  strict,
);

const Report = Type.Object(
  {
    /** Random per start of the agent; with `seq` and the agent it names the report for ever. */
    session: Type.String({ pattern: '^[A-Za-z0-9_-]{8,24}$' }),
    seq: Type.Integer({ minimum: 1, maximum: 2 ** 48 }),
    takenAt: Instant,
    intervalSeconds: Type.Integer({ minimum: 1, maximum: 86400 }),
    host: Type.Object(
      {
        /** First 8 hex digits of the kernel's boot id (or of the boot time where there is none). */
        bootId: Type.String({ pattern: '^[0-9a-f]{8}$' }),
        bootedAt: Instant,
        uptimeSeconds: Seconds,
      },
      strict,
    ),
    cpu: Type.Optional(Cpu),
    memory: Type.Optional(Memory),
    filesystems: Type.Optional(Type.Array(Filesystem, { maxItems: 128 })),
    interfaces: Type.Optional(Type.Array(Interface, { maxItems: 256 })),
    probes: Type.Optional(Type.Array(Probe, { maxItems: 1024 })),
    backups: Type.Optional(Type.Array(Backup, { maxItems: 128 })),
    failures: Type.Optional(Type.Array(Failure, { maxItems: 64 })),
    inventory: Type.Optional(Inventory),
    /** What the spool holds and has had to drop since it was made. */
    spool: Type.Object({ queuedCount: Count, droppedCount: Count }, strict),
  },
  strict,
);

export const EnvelopeSchema = Type.Object(
  {
    schema: Type.Literal(reportSchemaName),
    agent: Type.String({ pattern: '^[a-z2-7]{16}$' }),
    /** The agent's clocks when it sent this: the collector learns the clock offset, and the age of each report. */
    sentAt: Instant,
    bootId: Type.String({ pattern: '^[0-9a-f]{8}$' }),
    uptimeSeconds: Seconds,
    reports: Type.Array(Report, { minItems: 1, maxItems: 50 }),
  },
  strict,
);

export type Envelope = Type.Static<typeof EnvelopeSchema>;
export type Report = Type.Static<typeof Report>;
export type ReportProbe = Type.Static<typeof Probe>;
export type ReportBackup = Type.Static<typeof Backup>;
export type ReportFilesystem = Type.Static<typeof Filesystem>;
export type ReportInterface = Type.Static<typeof Interface>;
export type ReportInventory = Type.Static<typeof Inventory>;
