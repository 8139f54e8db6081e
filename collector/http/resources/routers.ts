import Type from 'typebox';
import type { RouterFacts } from '../../facts/router-facts.ts';
import { isFreshReading, routerStateOf } from '../../facts/router-state.ts';
import { instant, type Resource } from '../resource.ts';
import { Amount, Instant, OptionalText, StateText } from './fields.ts';

const Interface = Type.Object({
  name: Type.String(),
  alias: OptionalText,
  up: Type.Boolean(),
  enabled: Type.Union([Type.Boolean(), Type.Null()], { description: 'false when an administrator switched it off' }),
  isWan: Type.Boolean({ description: 'named in router.wanInterfaces' }),
  speedBitsPerSecond: Amount,
  receiveBytesPerSecond: Amount,
  transmitBytesPerSecond: Amount,
  receiveErrors: Amount,
  transmitErrors: Amount,
  receiveDiscards: Amount,
  transmitDiscards: Amount,
});

const row = Type.Object({
  pd: Type.String(),
  site: Type.String(),
  address: Type.String(),
  /** The node whose agent reads it. */
  node: Type.String(),
  reader: Type.String(),
  state: StateText,
  reason: OptionalText,
  takenAt: Instant,
  name: OptionalText,
  description: OptionalText,
  version: OptionalText,
  serial: OptionalText,
  board: OptionalText,
  bootedAt: Instant,
  temperatureCelsius: Amount,
  voltageVolts: Amount,
  interfaces: Type.Array(Interface),
});

export const routersResource: Resource<typeof row> = {
  name: 'routers',
  summary: 'Routers that are read by SNMP or report themselves: what they are, and their interfaces',
  row,
  rows: (view) =>
    [...view.fleet.routers.all()]
      .filter(({ agent }) => view.fleet.agent(agent)?.row.revokedAtMs === undefined)
      .toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)))
      .map((facts) => {
        const { reading } = facts;
        const isFresh = isFreshReading(facts, view.nowMs);
        const { name = null, description = null, version = null, serial = null, board = null } = reading.system ?? {};
        return {
          pd: facts.pd,
          site: facts.site,
          address: reading.address,
          node: facts.node,
          reader: reading.reader,
          state: routerStateOf(facts, view.fleet.agent(facts.agent), view.nowMs),
          reason: isFresh ? (reading.reason ?? null) : 'reading-old',
          takenAt: instant(view, facts.takenAtMs),
          name,
          description,
          version,
          serial,
          board,
          bootedAt: instant(view, reading.bootedAt === undefined ? undefined : Date.parse(reading.bootedAt)),
          temperatureCelsius: reading.temperatureCelsius ?? null,
          voltageVolts: reading.voltageVolts ?? null,
          interfaces: interfacesOf(facts),
        };
      }),
};

const placeOf = ({ pd, site, node }: RouterFacts): string => `${pd}/${site}/${node}`;

function interfacesOf({ reading }: RouterFacts) {
  const { previousTakenAt } = reading;
  const seconds =
    previousTakenAt === undefined ? 0 : (Date.parse(reading.takenAt) - Date.parse(previousTakenAt)) / 1000;
  const rate = (bytes: number | undefined) => (bytes === undefined || seconds <= 0 ? null : bytes / seconds);
  return (reading.interfaces ?? []).map((each) => ({
    name: each.name,
    alias: each.alias ?? null,
    up: each.up,
    enabled: each.enabled ?? null,
    isWan: each.isWan ?? false,
    speedBitsPerSecond: each.speedBitsPerSecond ?? null,
    receiveBytesPerSecond: rate(each.receiveGrowthBytes),
    transmitBytesPerSecond: rate(each.transmitGrowthBytes),
    receiveErrors: each.receiveErrors ?? null,
    transmitErrors: each.transmitErrors ?? null,
    receiveDiscards: each.receiveDiscards ?? null,
    transmitDiscards: each.transmitDiscards ?? null,
  }));
}
