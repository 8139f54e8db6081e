import Type from 'typebox';
import { durationPattern } from '../../shared/duration.ts';
import { hostPattern } from '../../shared/host-pattern.ts';
import { probeKinds } from '../../shared/probe-kinds.ts';
import { probeSettings } from '../../shared/probe-config-schema.ts';
import { LayerSchema } from '../../shared/probe-schema.ts';

/** The parts of `pantau.yaml` that speak of the network. Every default here is ours, never law. */
const strict = { additionalProperties: false };
const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'lower-case letters, digits and dashes' });
const Text = Type.String({ minLength: 1, maxLength: 256 });
const Duration = Type.String({ pattern: durationPattern, description: 'a duration such as 90s, 15m, 6h or 30d' });
const LocalTime = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$',
  description: "local time in the Pemda's zone, such as 2026-12-01T22:00",
});
export const Cidr = Type.String({ maxLength: 64, description: 'a network such as 10.20.0.0/16' });

/** What carries the WAN of a site: it decides which latency is ordinary (our numbers, not law). */
export const LinkMedium = Type.Union(
  [Type.Literal('fiber'), Type.Literal('radio'), Type.Literal('cellular'), Type.Literal('satellite')],
  { description: 'fiber, radio, cellular or satellite' },
);

/** The router of a site. */
export const Router = Type.Object(
  {
    address: Type.String({ pattern: hostPattern, description: 'an IP address or a host name' }),
    /** Interfaces towards the WAN, as the router calls them; what they carry is the site's use of bandwidth. */
    wanInterfaces: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: 8 })),
    /** The node that is this router, when an agent runs on it. */
    node: Type.Optional(Id),
    snmp: Type.Optional(
      Type.Object(
        {
          /** Entry of `snmp.json` in the data folder of the agent that reads it. */
          credential: Id,
          port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
          /** The node whose agent reads it; the agents with the role `vantage` when absent. */
          by: Type.Optional(Id),
          timeout: Type.Optional(Duration),
          every: Type.Optional(Duration),
        },
        strict,
      ),
    ),
  },
  strict,
);

/** An entry of the Pemda's register: who runs the LAN of a department, by which decree. */
export const LanOperator = Type.Object(
  { by: Type.Union([Type.Literal('perangkat-daerah'), Type.Literal('diskominfo')]), basis: Text },
  strict,
);

const kindWords = `${probeKinds.slice(0, -1).join(', ')} or ${probeKinds.at(-1)}`;

/** Something that agents probe: the SPL, the government's network, the internet, a name server, a certificate. */
export const ProbeTarget = Type.Object(
  {
    id: Id,
    kind: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: kindWords }),
    layer: LayerSchema,
    host: Type.String({ pattern: hostPattern, description: 'an IP address or a host name' }),
    ...probeSettings,
    /** `sites`: every agent of a department; `vantage`: only those at the Pusat Data. */
    from: Type.Union([Type.Literal('sites'), Type.Literal('vantage'), Type.Literal('both')], { default: 'both' }),
    /** Only agents of these departments; all when absent. */
    pd: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
    every: Type.Optional(Duration),
    timeout: Type.Optional(Duration),
  },
  strict,
);

/** Where the Pemda lawfully meets the internet. */
export const Egress = Type.Object(
  {
    /** A page outside the Jaringan Intra that answers with the caller's address, and nothing else. */
    url: Type.Optional(
      Type.String({ pattern: '^https?://[^\\s]{1,500}$', description: 'an address such as http://ip.example.net/' }),
    ),
    /** Public networks of the Pemda itself. */
    registered: Type.Array(Cidr, { default: [], maxItems: 64 }),
  },
  strict,
);

/** Planned work, once (`from`, `until`) or again and again (`schedule`, `duration`). Everything when no `pd` is named. */
export const Maintenance = Type.Object(
  {
    pd: Type.Optional(Id),
    site: Type.Optional(Id),
    reason: Text,
    from: Type.Optional(LocalTime),
    until: Type.Optional(LocalTime),
    schedule: Type.Optional(Type.String({ maxLength: 64, description: 'five-field cron; when it begins' })),
    duration: Type.Optional(Duration),
  },
  strict,
);

export type RouterSettings = Type.Static<typeof Router>;
export type ProbeTargetConfig = Type.Static<typeof ProbeTarget>;
export type MaintenanceConfig = Type.Static<typeof Maintenance>;
