import Type from 'typebox';
import { ProbeConfig, RouterConfig } from './probe-config-schema.ts';

export { hostPattern } from './host-pattern.ts';
export type { ProbeConfig, RouterConfig } from './probe-config-schema.ts';

/**
 * What the collector tells an agent to do. It travels as a JSON text with the collector's signature over exactly
 * those bytes; the agent checks the signature each time it loads its cached copy.
 */
const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });
const strict = { additionalProperties: false };

/** Settings of a plug-in: its kind, and what that kind understands. */
const PlugIn = Type.Object(
  { kind: Name },
  { additionalProperties: Type.Union([Type.String({ maxLength: 4096 }), Type.Number(), Type.Boolean()]) },
);

const BackupConfig = Type.Object(
  {
    dataset: Name,
    /** Where the agent looks; absent when others hear of the dataset: it only tells of what its own commands leave. */
    source: Type.Optional(PlugIn),
    /** What `pantau-agent restore-test` does for this dataset. */
    restoreTest: Type.Optional(PlugIn),
  },
  strict,
);

/** A path below a vault's root; never absolute, never with a step upwards. */
export const relativePathPattern = '^(?!/)(?!.*(^|/)\\.\\.?(/|$))[^\\u0000-\\u001f]{1,1024}$';

const VaultConfig = Type.Object(
  {
    id: Name,
    location: Type.Union([Type.Literal('pusat-data'), Type.Literal('drc')]),
    /** The folder that everything lies in; read, never written. */
    root: Type.String({ maxLength: 4096, pattern: '^(/|[A-Za-z]:[/\\\\])' }),
    /** Reading speed while hashing. */
    hashBytesPerSecond: Type.Integer({ minimum: 100_000, maximum: 10_000_000_000 }),
    /** In so many seconds everything is read again once. */
    coverSeconds: Type.Integer({ minimum: 60, maximum: 366 * 86_400 }),
    scanEverySeconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
    datasets: Type.Array(
      Type.Object({ pd: Name, dataset: Name, path: Type.String({ pattern: relativePathPattern }) }, strict),
      { maxItems: 4096 },
    ),
  },
  strict,
);

/** Intervals that a cron expression can hold without drifting. */
export const intervalChoicesSeconds = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600] as const;
export type IntervalSeconds = (typeof intervalChoicesSeconds)[number];
/** `Unsafe` gives the union its type, which TypeBox cannot see through the mapping. */
export const IntervalSecondsSchema = Type.Unsafe<IntervalSeconds>(
  Type.Union(intervalChoicesSeconds.map((seconds) => Type.Literal(seconds))),
);

export const AgentConfigSchema = Type.Object(
  {
    agent: Type.String({ pattern: '^[a-z2-7]{16}$' }),
    pd: Name,
    site: Name,
    node: Name,
    roles: Type.Array(Type.Union([Type.Literal('vantage'), Type.Literal('vault')]), { maxItems: 4 }),
    intervalSeconds: IntervalSecondsSchema,
    /** Find the default gateway (LAN) and the collector (WAN) and probe them without being told to. */
    discoverTargets: Type.Boolean(),
    probes: Type.Array(ProbeConfig, { maxItems: 1000 }),
    /** Routers that this agent reads, for itself or for other sites. */
    routers: Type.Optional(Type.Array(RouterConfig, { maxItems: 1000 })),
    /** A page of Diskominfo outside the Jaringan Intra that answers with the caller's address, and nothing else. */
    egressUrl: Type.Optional(Type.String({ pattern: '^https?://[^\\s]{1,500}$' })),
    backups: Type.Array(BackupConfig, { maxItems: 64 }),
    /** What an agent with the role `vault` reads; absent for others, which older agents understand too. */
    vaults: Type.Optional(Type.Array(VaultConfig, { maxItems: 8 })),
    spool: Type.Object({ maxSizeBytes: Type.Integer({ minimum: 65536, maximum: 2 ** 40 }) }, strict),
    drain: Type.Object({ batchesPerMinute: Type.Integer({ minimum: 1, maximum: 6000 }) }, strict),
  },
  strict,
);

export type AgentConfig = Type.Static<typeof AgentConfigSchema>;
export type BackupConfig = Type.Static<typeof BackupConfig>;
export type VaultConfig = Type.Static<typeof VaultConfig>;

/** The signed form: `document` is the JSON text of an AgentConfig, `version` the start of its SHA-256. */
export const SignedConfigSchema = Type.Object(
  {
    version: Type.String({ pattern: '^[0-9a-f]{12}$' }),
    document: Type.String({ maxLength: 1024 * 1024 }),
    signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
  },
  strict,
);
export type SignedConfig = Type.Static<typeof SignedConfigSchema>;
