import Type from 'typebox';
import { layers, type Layer } from './states.ts';
import { Instant, Name, Seconds, strict, Text } from './wire-types.ts';

export const LayerSchema = Type.Unsafe<Layer>(Type.Union(layers.map((layer) => Type.Literal(layer))));

/** Where the time of a round went; a phase that did not happen is left out. */
const Phases = Type.Object(
  {
    resolveSeconds: Type.Optional(Seconds),
    connectSeconds: Type.Optional(Seconds),
    tlsSeconds: Type.Optional(Seconds),
    /** From the request to the first byte of the answer. */
    waitSeconds: Type.Optional(Seconds),
    transferSeconds: Type.Optional(Seconds),
  },
  strict,
);

const Certificate = Type.Object(
  {
    /** Of the certificate that ends first in the chain that was shown. */
    notAfter: Instant,
    subject: Text(256),
    issuer: Text(256),
    /** SHA-256 of the server's own certificate. */
    fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    /** `trusted`, or why a browser would refuse it, kebab-case: `self-signed`, `expired`, `wrong-name` … */
    trust: Text(64),
  },
  strict,
);

/** One step of the way to a target; without an address when nobody there answers. */
const Hop = Type.Object({ address: Type.Optional(Text(64)), roundTripSeconds: Type.Optional(Seconds) }, strict);

/** What one round of one probe found. */
export const Probe = Type.Object(
  {
    /** Unique in the agent; the target's own name in the configuration. */
    name: Text(128),
    kind: Name,
    layer: LayerSchema,
    /** The department and site that the result speaks for, when they are not the agent's own. */
    pd: Type.Optional(Name),
    site: Type.Optional(Name),
    /** The server behind the site's router that was probed, when it was not the router itself. */
    node: Type.Optional(Name),
    target: Text(255),
    state: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('unknown')]),
    /** Kebab-case; present unless the state is up, or to say that a fall-back was used. */
    reason: Type.Optional(Text(64)),
    sentCount: Type.Integer({ minimum: 0, maximum: 100 }),
    receivedCount: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Mean over the answers of this round. */
    roundTripSeconds: Type.Optional(Type.Number({ minimum: 0, maximum: 3600 })),
    /** Seconds until the next round, when it is not the agent's own interval. */
    everySeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86400 })),
    phases: Type.Optional(Phases),
    httpStatus: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
    certificate: Type.Optional(Certificate),
    /** What the name service said. */
    answers: Type.Optional(Type.Array(Text(255), { maxItems: 8 })),
    hops: Type.Optional(Type.Array(Hop, { maxItems: 30 })),
  },
  strict,
);

export type ReportProbe = Type.Static<typeof Probe>;
export type ProbePhases = Type.Static<typeof Phases>;
export type ProbeCertificate = Type.Static<typeof Certificate>;
export type ProbeHop = Type.Static<typeof Hop>;
