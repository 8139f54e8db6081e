import Type from 'typebox';
import { hostPattern } from './host-pattern.ts';
import { LayerSchema } from './probe-schema.ts';
import { Name, strict, Text } from './wire-types.ts';

const Port = Type.Integer({ minimum: 1, maximum: 65535 });

/** What a kind of probe may be told besides the host; each kind says in its file what it reads. */
export const probeSettings = {
  port: Type.Optional(Port),
  /** http: path and query of the request; `/` when absent. */
  path: Type.Optional(Type.String({ pattern: '^/[\\x21-\\x7e]{0,1023}$' })),
  /** http: whether it is https; the name in the certificate is checked for http and tls alike. */
  tls: Type.Optional(Type.Boolean()),
  /** tls and https: the name that is asked for and must be in the certificate; the host when absent. */
  serverName: Type.Optional(Type.String({ pattern: hostPattern })),
  /** http: statuses that count as up; 200 to 399 when absent. */
  expectStatus: Type.Optional(Type.Array(Type.Integer({ minimum: 100, maximum: 599 }), { minItems: 1, maxItems: 16 })),
  /** http: a text that the first 64 KiB of the answer must hold. */
  expectText: Type.Optional(Text(256)),
  /** dns: the name that is asked for, and the type of record. */
  query: Type.Optional(Type.String({ pattern: hostPattern })),
  recordType: Type.Optional(
    Type.Union([
      Type.Literal('A'),
      Type.Literal('AAAA'),
      Type.Literal('CNAME'),
      Type.Literal('MX'),
      Type.Literal('NS'),
    ]),
  ),
  /** dns: an answer that must be among those given. */
  expectAnswer: Type.Optional(Text(255)),
  /** path: so many steps at most. */
  maxHops: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
};

/** One target of one agent. */
export const ProbeConfig = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 128 }),
    kind: Name,
    layer: LayerSchema,
    /** The department, site and server that this probe speaks for; the agent's own when absent. */
    pd: Type.Optional(Name),
    site: Type.Optional(Name),
    node: Type.Optional(Name),
    host: Type.String({ pattern: hostPattern }),
    ...probeSettings,
    packetCount: Type.Integer({ minimum: 1, maximum: 20, default: 5 }),
    timeoutSeconds: Type.Number({ minimum: 0.1, maximum: 30, default: 2 }),
    /** Probed so often at most; in each round of the agent when absent. */
    everySeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86400 })),
  },
  strict,
);

/** One router that an agent reads. */
export const RouterConfig = Type.Object(
  {
    pd: Type.Optional(Name),
    site: Type.Optional(Name),
    host: Type.String({ pattern: hostPattern }),
    port: Type.Optional(Port),
    /** The reader, a name in agent/routers/registry.ts. */
    reader: Name,
    /** Entry of the file `snmp.json` in the agent's data folder: secrets do not travel. */
    credential: Type.Optional(Name),
    /** Names of the interfaces towards the WAN, as the router calls them (ifName or ifAlias). */
    wanInterfaces: Type.Optional(Type.Array(Text(256), { maxItems: 8 })),
    timeoutSeconds: Type.Number({ minimum: 0.1, maximum: 30, default: 2 }),
    everySeconds: Type.Integer({ minimum: 1, maximum: 86400, default: 60 }),
  },
  strict,
);

export type ProbeConfig = Type.Static<typeof ProbeConfig>;
export type RouterConfig = Type.Static<typeof RouterConfig>;
