import { readingsOf, type RouterFacts } from '../facts/router-facts.ts';
import { isFreshReading, routerStateOf } from '../facts/router-state.ts';
import type { State } from '../../shared/states.ts';
import type { ReportRouter, ReportRouterInterface } from '../../shared/report-schema.ts';
import type { FleetFamily, PlacedReport, Sample } from './family.ts';
import { firstOfEach, type FleetView, isShown, type Labels, wellFormed } from './fleet-view.ts';

const labelNames = ['pd', 'site', 'node', 'router'] as const;

interface Told {
  name: string;
  /** `gauge` when absent. */
  type?: FleetFamily['type'];
  help: string;
  label?: string;
  /** Gives nothing for what the router did not tell; a router that is not heard has no figures. */
  read(facts: RouterFacts, isFresh: boolean, stateOf: () => State): { label?: string; value: number | undefined }[];
}

function family({ name, type = 'gauge', help, label, read }: Told): FleetFamily {
  function samplesOf(facts: RouterFacts, isFresh: boolean, stateOf: () => State): Sample[] {
    const labels: Labels = [
      ['pd', facts.pd],
      ['site', facts.site],
      ['node', facts.node],
      ['router', wellFormed(facts.reading.address)],
    ];
    return read(facts, isFresh, stateOf).flatMap(({ label: text, value }) => {
      if (value === undefined) return [];
      return [{ labels: label === undefined ? labels : [...labels, [label, text ?? ''] as const], value }];
    });
  }
  return {
    of: 'fleet',
    group: 'router',
    name,
    type,
    labels: label === undefined ? labelNames : [...labelNames, label],
    help,
    *samples(view) {
      for (const facts of view.fleet.routers.all()) {
        if (!isPlaced(facts, view)) continue;
        const { fleet, nowMs } = view;
        yield* samplesOf(facts, isFreshReading(facts, nowMs), () =>
          routerStateOf(facts, fleet.agent(facts.agent), nowMs),
        );
      }
    },
    history: (placed) =>
      newestReadings(placed).flatMap((facts) =>
        samplesOf(facts, true, () => stateThen(facts, placed)).map((sample) => ({ ...sample, atMs: facts.takenAtMs })),
      ),
  };
}

/** What `routerStateOf` says of now: one that answers pings is not down. */
function stateThen({ reading: { state, address } }: RouterFacts, { answers }: PlacedReport): State {
  return state === 'down' && answers(address) ? 'unknown' : state;
}

/** Its reader is trusted, and still speaks for that place. */
function isPlaced({ agent, pd, site }: RouterFacts, { fleet }: FleetView): boolean {
  const reader = fleet.agent(agent);
  if (reader === undefined || !isShown(reader)) return false;
  const { row } = reader;
  return row.roles.includes('vantage') || (row.pd === pd && row.site === site);
}

/** A place has one router: of several readings in one report the newest is what is known of it. */
function newestReadings({ row, report, takenAtMs }: PlacedReport): RouterFacts[] {
  const newest = new Map<string, RouterFacts>();
  for (const facts of readingsOf(row, report, takenAtMs)) {
    const place = `${facts.pd}/${facts.site}`;
    if ((newest.get(place)?.takenAtMs ?? -Infinity) <= facts.takenAtMs) newest.set(place, facts);
  }
  return [...newest.values()];
}

const one = (name: string, help: string, value: (reading: ReportRouter) => number | undefined): FleetFamily =>
  family({ name, help, read: ({ reading }, isFresh) => (isFresh ? [{ value: value(reading) }] : []) });

const perInterface = (
  name: string,
  help: string,
  value: (each: ReportRouterInterface) => number | undefined,
): FleetFamily =>
  family({
    name,
    ...(name.endsWith('_total') ? { type: 'counter' } : {}),
    help,
    label: 'interface',
    read: ({ reading: { interfaces = [] } }, isFresh) =>
      (isFresh ? firstOfEach(interfaces, (each) => wellFormed(each.name)) : []).map((each) => ({
        label: wellFormed(each.name),
        value: value(each),
      })),
  });

const bitsPerByte = 8;
const stateValues = { up: 1, down: 0, unknown: Number.NaN } as const;

export const routerFamilies: readonly FleetFamily[] = [
  family({
    name: 'pantau_router_up',
    help: 'Whether the router answers its reader: 1 yes, 0 no, NaN when it is not known, or when it answers pings only.',
    read: (_facts, _isFresh, stateOf) => [{ value: stateValues[stateOf()] }],
  }),
  one(
    'pantau_router_boot_timestamp_seconds',
    'When the router was started, in seconds since the epoch.',
    ({ bootedAt }) => (bootedAt === undefined ? undefined : Date.parse(bootedAt) / 1000),
  ),
  one(
    'pantau_router_temperature_celsius',
    'Temperature that the router tells.',
    ({ temperatureCelsius }) => temperatureCelsius,
  ),
  one('pantau_router_voltage_volts', 'Supply voltage that the router tells.', ({ voltageVolts }) => voltageVolts),
  perInterface(
    'pantau_router_interface_receive_bytes_total',
    'Bytes received by the interface since it began to count.',
    (each) => each.receiveBytes,
  ),
  perInterface(
    'pantau_router_interface_transmit_bytes_total',
    'Bytes sent by the interface since it began to count.',
    (each) => each.transmitBytes,
  ),
  perInterface(
    'pantau_router_interface_receive_errors_total',
    'Packets that the interface received broken.',
    (each) => each.receiveErrors,
  ),
  perInterface(
    'pantau_router_interface_transmit_errors_total',
    'Packets that the interface could not send.',
    (each) => each.transmitErrors,
  ),
  perInterface('pantau_router_interface_up', 'Whether the interface works: 1 yes, 0 no.', (each) => Number(each.up)),
  perInterface(
    'pantau_router_interface_wan',
    'Whether the configuration names the interface as one towards the WAN: 1 yes, 0 no.',
    (each) => Number(each.isWan === true),
  ),
  perInterface(
    'pantau_router_interface_speed_bytes_per_second',
    'How much the interface can carry in one direction.',
    ({ speedBitsPerSecond = 0 }) => (speedBitsPerSecond > 0 ? speedBitsPerSecond / bitsPerByte : undefined),
  ),
];
