import Type from 'typebox';
import { Count, Instant, Name, Seconds, strict, Text } from './wire-types.ts';

/** How a machine is connected: what shows whether it works through the Jaringan Intra or round it. */
export const Network = Type.Object(
  {
    /**
     * Gateways of the default routes, the preferred one first, those of IPv4 before IPv6; `0.0.0.0` or `::` where a route
     * leads straight into its interface (ppp, a tunnel).
     */
    gateways: Type.Array(
      Type.Object({ address: Text(64), interface: Text(64), metric: Type.Integer({ minimum: 0 }) }, strict),
      { maxItems: 8 },
    ),
    /** Own addresses with their prefix lengths, loopback and link-local ones left out. */
    addresses: Type.Array(Type.Object({ interface: Text(64), cidr: Text(64) }, strict), { maxItems: 32 }),
    /** The own address from which the collector is spoken to. */
    sourceAddress: Type.Optional(Text(64)),
    /** The address under which the internet sees this machine, where the Pemda has it looked up; as old as the check. */
    egressAddress: Type.Optional(Text(64)),
    egressCheckedAt: Type.Optional(Instant),
  },
  strict,
);

const RouterInterface = Type.Object(
  {
    /**
     * ifName (ifDescr where there is none), made unique; the key of an interface, because an index may change at each
     * start of the device.
     */
    name: Text(64),
    /** What the administrator calls it (ifAlias). */
    alias: Type.Optional(Text(128)),
    up: Type.Boolean(),
    /** False when an administrator switched it off; true unless told. */
    enabled: Type.Optional(Type.Boolean()),
    speedBitsPerSecond: Type.Optional(Count),
    /**
     * Grow within an epoch of the reading, wraps already made good; left out when the device does not count them.
     */
    receiveBytes: Type.Optional(Count),
    transmitBytes: Type.Optional(Count),
    receiveErrors: Type.Optional(Count),
    transmitErrors: Type.Optional(Count),
    receiveDiscards: Type.Optional(Count),
    transmitDiscards: Type.Optional(Count),
    /** Width of the device's own octet counters. */
    counterBits: Type.Optional(Type.Union([Type.Literal(32), Type.Literal(64)])),
    /** True for an interface towards the WAN, as the configuration names it: only its growth is kept as traffic. */
    isWan: Type.Optional(Type.Boolean()),
    /** By how much the counters grew since `previousTakenAt`; left out after a reset: a gap, never a spike. */
    receiveGrowthBytes: Type.Optional(Count),
    transmitGrowthBytes: Type.Optional(Count),
    /** Changes when the counters of this interface began anew: no rate may be made across it. */
    epoch: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  },
  strict,
);

/** What one reading of one router found. */
export const RouterReading = Type.Object(
  {
    /** Department and site of the router; the agent's own when absent. */
    pd: Type.Optional(Name),
    site: Type.Optional(Name),
    address: Text(255),
    reader: Name,
    /**
     * `up` when it answered, `down` when it answered before and no longer does, `unknown` when it cannot be asked, or
     * never answered: SNMP may be switched off, or the community wrong.
     */
    state: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('unknown')]),
    /** Kebab-case; present unless the state is up, and when only a part was read: `stopped-in-mid-walk`, say. */
    reason: Type.Optional(Text(64)),
    /** When the counters were read, by the agent's clock. */
    takenAt: Instant,
    /** When they were read the time before, where growths are told. */
    previousTakenAt: Type.Optional(Instant),
    durationSeconds: Seconds,
    /** Of the device where it tells, else of its SNMP service; the wrap of its counter after 497 days is made good. */
    uptimeSeconds: Type.Optional(Seconds),
    bootedAt: Type.Optional(Instant),
    system: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Text(128)),
          description: Type.Optional(Text(256)),
          version: Type.Optional(Text(64)),
          serial: Type.Optional(Text(64)),
          board: Type.Optional(Text(64)),
        },
        strict,
      ),
    ),
    temperatureCelsius: Type.Optional(Type.Number({ minimum: -100, maximum: 300 })),
    voltageVolts: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })),
    interfaces: Type.Optional(Type.Array(RouterInterface, { maxItems: 128 })),
    /** Interfaces that the device has beyond those. */
    droppedInterfaceCount: Type.Optional(Count),
  },
  strict,
);

export type ReportNetwork = Type.Static<typeof Network>;
export type ReportRouter = Type.Static<typeof RouterReading>;
export type ReportRouterInterface = Type.Static<typeof RouterInterface>;
