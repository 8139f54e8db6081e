import Type from 'typebox';
import { type IntervalSeconds, IntervalSecondsSchema, relativePathPattern } from '../../shared/agent-config-schema.ts';
import { durationPattern } from '../../shared/duration.ts';
import { type ProofLevel, proofLevels } from '../../shared/states.ts';
import { RemoteWriteConfigSchema } from '../metrics/remote-write/config-schema.ts';
import { ChannelConfigSchema } from '../notify/config-schema.ts';
import type { Regulation } from '../obligations/regulation.ts';
import { DocumentSettings } from './documents-schema.ts';
import { Cidr, Egress, LanOperator, LinkMedium, Maintenance, ProbeTarget, Router } from './network-schema.ts';
import { ReportSettings } from './reports-schema.ts';

/** `pantau.yaml`. Every default here is ours, never law; descriptions end up in the JSON Schema for editors. */
const strict = { additionalProperties: false };
const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'lower-case letters, digits and dashes' });
const Text = Type.String({ minLength: 1, maxLength: 256 });
const duration = { pattern: durationPattern, description: 'a duration such as 90s, 15m, 6h or 30d' };
const Duration = Type.String(duration);
const Location = Type.Object(
  { lat: Type.Number({ minimum: -90, maximum: 90 }), lon: Type.Number({ minimum: -180, maximum: 180 }) },
  strict,
);
const Contact = Type.Object(
  {
    name: Text,
    role: Type.Optional(Text),
    phone: Type.Optional(Text),
    email: Type.Optional(Text),
  },
  strict,
);

const Site = Type.Object(
  {
    id: Id,
    name: Type.Optional(Text),
    location: Type.Optional(Location),
    subnets: Type.Optional(Type.Array(Cidr, { maxItems: 64 })),
    /** Sites of one area share power or backbone: when several fall silent together it is one incident. */
    area: Type.Optional(Text),
    router: Type.Optional(Router),
    link: Type.Optional(LinkMedium),
    approvedBandwidth: Type.Optional(
      Type.Object(
        { down: Type.Number({ exclusiveMinimum: 0 }), up: Type.Number({ exclusiveMinimum: 0 }) },
        { ...strict, description: 'in Mbit/s, as Diskominfo approved it' },
      ),
    ),
  },
  strict,
);

/** Settings of a plug-in of the agent: its kind, and what that kind understands. */
const PlugIn = Type.Object(
  { kind: Id },
  { additionalProperties: Type.Union([Type.String({ maxLength: 4096 }), Type.Number(), Type.Boolean()]) },
);

const demandedProofs = proofLevels.filter((level) => level !== 'none');
export type DemandedProof = Exclude<ProofLevel, 'none'>;

const Dataset = Type.Object(
  {
    id: Id,
    name: Type.Optional(Text),
    schedule: Type.String({ maxLength: 64, default: '0 1 * * *', description: 'five-field cron; when a run is due' }),
    timezone: Type.Optional(Type.String({ maxLength: 64, description: 'IANA zone; the Pemda zone when absent' })),
    grace: Type.Optional(Duration),
    /** The decree by which the Pemda itself adopted this schedule; with it an overdue backup may be a violation. */
    basis: Type.Optional(Text),
    /** The node whose agent looks for it; every agent of the department when absent. */
    node: Type.Optional(Id),
    source: PlugIn,
    /** How far a backup must be proven before it counts (DESIGN.md section 8). */
    proof: Type.Unsafe<DemandedProof>(
      Type.Union(
        demandedProofs.map((level) => Type.Literal(level)),
        { default: 'arrived', description: 'claimed, arrived, intact or restorable' },
      ),
    ),
    vault: Type.Optional(
      Type.String({
        pattern: relativePathPattern,
        description: "its folder below the vault's root, without a leading slash; <pd>/<dataset> when absent",
      }),
    ),
    minSize: Type.Optional(Type.Integer({ minimum: 0, description: 'bytes' })),
    /** So many backups must be in the vault once there was time for them. */
    keepCopies: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    /** A run that takes longer is reported; the grace when absent. */
    maxDuration: Type.Optional(Duration),
    restoreTestEvery: Type.Optional(Duration),
    /** What "pantau-agent restore-test" does for this dataset. */
    restoreTest: Type.Optional(PlugIn),
  },
  strict,
);

const Website = Type.Union([Text, Type.Array(Text, { minItems: 1, maxItems: 16 }), Type.Literal(false)], {
  description: 'an address such as https://dinkes.example.go.id, a list of them, or false',
});

const PerangkatDaerah = Type.Object(
  {
    id: Id,
    name: Text,
    mandiriTik: Type.Boolean({ default: false }),
    /** Who runs the local network, when it is not as the regulation has it. */
    lanOperator: Type.Optional(LanOperator),
    contacts: Type.Array(Contact, { default: [], maxItems: 16 }),
    /** Its websites, or `false` when it has none. */
    website: Type.Optional(Website),
    sites: Type.Array(Site, { default: [], maxItems: 256 }),
    /** As many as one agent takes (shared/agent-config-schema.ts). */
    datasets: Type.Array(Dataset, { default: [], maxItems: 64 }),
  },
  strict,
);

/** Storage that receives backups, and how an agent with the role `vault` reads it. */
const Vault = Type.Object(
  {
    id: Id,
    /** The node whose agent reads it; every agent with the role `vault` at this place when absent. */
    node: Type.Optional(Id),
    root: Type.String({
      maxLength: 4096,
      pattern: '^(/|[A-Za-z]:[/\\\\])',
      description: 'an absolute path such as /srv/vault on the machine of that agent',
    }),
    hashBytesPerSecond: Type.Integer({ default: 50_000_000, minimum: 100_000, maximum: 10_000_000_000 }),
    coverEvery: Type.String({ ...duration, default: '30d' }),
    scanEvery: Type.String({ ...duration, default: '5m' }),
  },
  strict,
);
const DataCentre = Type.Object(
  { name: Text, location: Type.Optional(Location), vaults: Type.Array(Vault, { default: [], maxItems: 8 }) },
  strict,
);

const ObligationSetting = Type.Object(
  {
    params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()]))),
    waived: Type.Optional(
      Type.Array(
        Type.Object(
          {
            pd: Id,
            number: Text,
            reason: Text,
            until: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a date such as 2026-12-31' }),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);

export const PantauConfigSchema = Type.Object(
  {
    pemda: Type.Object(
      {
        name: Text,
        /** Whom an alert asks to call. */
        diskominfo: Type.Object(
          {
            pd: Id,
            /** As the first regulation calls its ICT office when absent. */
            name: Type.Optional(Text),
            contacts: Type.Array(Contact, { default: [], maxItems: 16 }),
          },
          strict,
        ),
      },
      strict,
    ),
    timezone: Type.String({ default: 'Asia/Jakarta', maxLength: 64 }),
    language: Type.Union([Type.Literal('id'), Type.Literal('en')], { default: 'id' }),
    regulations: Type.Array(Id, { minItems: 1, maxItems: 16 }),
    /** Regulations of the Pemda's own as data, beside those that are built in; paths from the folder of this file. */
    regulationFiles: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: 16 })),
    listen: Type.Object(
      {
        host: Type.String({ default: '127.0.0.1', maxLength: 255 }),
        port: Type.Integer({ default: 8420, minimum: 0, maximum: 65535 }),
        /** The address that agents use, when it is not the one listened on. */
        publicUrl: Type.Optional(
          Type.String({
            pattern: '^https?://[^\\s/?#]+$',
            maxLength: 255,
            description: 'an address such as https://pantau.example.go.id:8420, without a path',
          }),
        ),
        /** Reports over plain HTTP from other machines; off unless said here in words. */
        plainHttpBeyondLoopback: Type.Boolean({ default: false }),
        /** Reverse proxies whose X-Forwarded-For is believed. */
        trustedProxies: Type.Array(Cidr, { default: [], maxItems: 16 }),
      },
      { ...strict, default: {} },
    ),
    tls: Type.Object(
      {
        enabled: Type.Boolean({ default: false }),
        /** Own certificate and key (PEM); made at first start when absent. */
        certificateFile: Type.Optional(Text),
        keyFile: Type.Optional(Text),
      },
      { ...strict, default: {} },
    ),
    jaringanIntra: Type.Array(Cidr, { default: [], maxItems: 256 }),
    egress: Type.Optional(Egress),
    /** What agents probe beside their gateway, the Pusat Data and the routers. */
    probeTargets: Type.Array(ProbeTarget, { default: [], maxItems: 64 }),
    maintenance: Type.Array(Maintenance, { default: [], maxItems: 256 }),
    pusatData: Type.Optional(DataCentre),
    drc: Type.Optional(DataCentre),
    agents: Type.Object(
      {
        intervalSeconds: Type.Unsafe<IntervalSeconds>({ ...IntervalSecondsSchema, default: 60 }),
        spoolMaxSizeBytes: Type.Integer({ default: 200_000_000, minimum: 1_000_000 }),
        drainBatchesPerMinute: Type.Integer({ default: 30, minimum: 1, maximum: 6000 }),
      },
      { ...strict, default: {} },
    ),
    perangkatDaerah: Type.Array(PerangkatDaerah, { minItems: 1, maxItems: 1000 }),
    obligations: Type.Record(Type.String(), ObligationSetting, { default: {} }),
    notify: Type.Array(ChannelConfigSchema, { default: [], maxItems: 32 }),
    /** Who receives all samples with their own times: Prometheus, VictoriaMetrics, Mimir. */
    remoteWrite: Type.Array(RemoteWriteConfigSchema, { default: [], maxItems: 4 }),
    incidents: Type.Object(
      {
        /** The same fault that comes back so soon opens its incident again instead of a new one. */
        reopenWithin: Type.String({ ...duration, default: '1h' }),
        /** An incident that lasts longer is serious, as every critical one is; time in which it was well does not count. */
        seriousAfter: Type.String({ ...duration, default: '24h' }),
      },
      { ...strict, default: {} },
    ),
    reports: ReportSettings,
    /** Letterhead and officials of the documents that are drafted. */
    documents: DocumentSettings,
    registers: Type.Object(
      {
        /** Each fault that is found is entered at the service desk, and closed with its incident. */
        serviceDeskFromIncidents: Type.Boolean({ default: true }),
      },
      { ...strict, default: {} },
    ),
    retention: Type.Object(
      {
        raw: Type.String({ ...duration, default: '14d' }),
        hourly: Type.String({ ...duration, default: '400d' }),
        /** What was said of each duty, and why; the verdict that stands now stays for ever. */
        verdicts: Type.String({ ...duration, default: '1095d' }),
        /** The chain of evidence, verdicts and what was done, with the signed reports in it. */
        ledger: Type.String({ ...duration, default: '1095d' }),
      },
      { ...strict, default: {} },
    ),
  },
  strict,
);

export type WrittenConfig = Type.Static<typeof PantauConfigSchema>;
/** As the collector works with it: what the regulations say is filled in. */
export type PantauConfig = WrittenConfig & {
  pemda: { diskominfo: { name: string } };
  /** What `regulationFiles` hold. */
  ownRegulations?: readonly Regulation[];
};
export type PerangkatDaerah = Type.Static<typeof PerangkatDaerah>;
export type SiteConfig = Type.Static<typeof Site>;
export type DatasetConfig = Type.Static<typeof Dataset>;
export type VaultConfig = Type.Static<typeof Vault>;
export type ContactConfig = Type.Static<typeof Contact>;
