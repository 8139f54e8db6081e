import Type from 'typebox';
import { Arrival, Backup, Holding, RestoreTest, VaultScan } from './backup-evidence-schema.ts';
import { Network, RouterReading } from './network-schema.ts';
import { Probe } from './probe-schema.ts';
import { Bytes, Count, Instant, Ratio, Seconds, strict, Text } from './wire-types.ts';

export type {
  ClaimOutcome,
  ReportArrival,
  ReportBackup,
  ReportHolding,
  ReportRestoreTest,
  ReportVaultScan,
} from './backup-evidence-schema.ts';
export type { ReportNetwork, ReportRouter, ReportRouterInterface } from './network-schema.ts';
export type { ReportProbe } from './probe-schema.ts';

/**
 * What an agent sends: an envelope with one report, or with a batch when its spool drains. Full names, base units
 * (seconds, bytes, ratios 0..1), instants as RFC 3339 in UTC. A field that could not be measured is left out, never
 * zero; why it could not stands in `failures`.
 */
export const reportSchemaName = 'pantau.report/1';

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
    /** Databases and web roots that were found on the machine: what somebody would miss if it were lost. */
    valuables: Type.Optional(Type.Array(InventoryRow, { maxItems: 64 })),
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
    /** How this machine is connected; in the first report of a session, when it changed, and once an hour. */
    network: Type.Optional(Network),
    /** What was read from routers that run no agent, or by the router about itself. */
    routers: Type.Optional(Type.Array(RouterReading, { maxItems: 256 })),
    backups: Type.Optional(Type.Array(Backup, { maxItems: 128 })),
    restoreTests: Type.Optional(Type.Array(RestoreTest, { maxItems: 32 })),
    /** From agents with the role `vault` only. */
    arrivals: Type.Optional(Type.Array(Arrival, { maxItems: 128 })),
    holdings: Type.Optional(Type.Array(Holding, { maxItems: 128 })),
    vaultScans: Type.Optional(Type.Array(VaultScan, { maxItems: 8 })),
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
export type ReportFilesystem = Type.Static<typeof Filesystem>;
export type ReportInterface = Type.Static<typeof Interface>;
export type ReportInventory = Type.Static<typeof Inventory>;
