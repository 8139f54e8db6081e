import { readingsOf, type RouterFacts } from '../facts/router-facts.ts';
import { isFreshReading, routerStateOf } from '../facts/router-state.ts';
import type { ReportRouterInterface } from '../../shared/report-schema.ts';
import type { FleetFamily, PlacedReport, Sample } from './family.ts';
import type { FleetView, Labels } from './fleet-view.ts';

/** @param read gives nothing for what the router did not tell; a router that is not heard has no figures. */
function family(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  read: (facts: RouterFacts, isFresh: boolean, view?: FleetView) => { labels: Labels; value: number | undefined }[],
): FleetFamily {
  function samplesOf(facts: RouterFacts, isFresh: boolean, view?: FleetView): Sample[] {
    const labels: Labels = [
      ['pd', facts.pd],
      ['site', facts.site],
      ['node', facts.node],
      ['router', facts.reading.address],
    ];
    return read(facts, isFresh, view).flatMap((each) =>
      each.value === undefined ? [] : [{ labels: [...labels, ...each.labels], value: each.value }],
    );
  }
  return {
    of: 'fleet',
    group: 'router',
    name,
    type,
    help,
    *samples(view) {
      for (const facts of view.fleet.routers.all()) yield* samplesOf(facts, isFreshReading(facts, view.nowMs), view);
    },
    history: ({ row, report, takenAtMs }: PlacedReport) =>
      readingsOf(row, report, takenAtMs).flatMap((facts) =>
        samplesOf(facts, true).map((sample) => ({ ...sample, atMs: facts.takenAtMs })),
      ),
  };
}

const one = (value: number | undefined) => [{ labels: [] as Labels, value }];

const perInterface =
  (value: (each: ReportRouterInterface) => number | undefined) =>
  ({ reading }: RouterFacts, isFresh: boolean) =>
    isFresh
      ? (reading.interfaces ?? []).map((each) => ({
          labels: [['interface', each.name]] as Labels,
          value: value(each),
        }))
      : [];

const stateValues = { up: 1, down: 0, unknown: Number.NaN } as const;

export const routerFamilies: readonly FleetFamily[] = [
  family(
    'pantau_router_up',
    'gauge',
    'Whether the router answers its reader: 1 yes, 0 no, NaN when it is not known, or when it answers pings only.',
    (facts, _isFresh, view) =>
      one(
        stateValues[
          view === undefined ? facts.reading.state : routerStateOf(facts, view.fleet.agent(facts.agent), view.nowMs)
        ],
      ),
  ),
  family('pantau_router_boot_timestamp_seconds', 'gauge', 'When the router was started.', ({ reading }, isFresh) =>
    one(isFresh && reading.bootedAt !== undefined ? Date.parse(reading.bootedAt) / 1000 : undefined),
  ),
  family('pantau_router_temperature_celsius', 'gauge', 'Temperature that the router tells.', ({ reading }, isFresh) =>
    one(isFresh ? reading.temperatureCelsius : undefined),
  ),
  family('pantau_router_voltage_volts', 'gauge', 'Supply voltage that the router tells.', ({ reading }, isFresh) =>
    one(isFresh ? reading.voltageVolts : undefined),
  ),
  family(
    'pantau_router_interface_receive_bytes_total',
    'counter',
    'Bytes received by the interface since it began to count.',
    perInterface((each) => each.receiveBytes),
  ),
  family(
    'pantau_router_interface_transmit_bytes_total',
    'counter',
    'Bytes sent by the interface since it began to count.',
    perInterface((each) => each.transmitBytes),
  ),
  family(
    'pantau_router_interface_receive_errors_total',
    'counter',
    'Packets that the interface received broken.',
    perInterface((each) => each.receiveErrors),
  ),
  family(
    'pantau_router_interface_transmit_errors_total',
    'counter',
    'Packets that the interface could not send.',
    perInterface((each) => each.transmitErrors),
  ),
  family(
    'pantau_router_interface_up',
    'gauge',
    'Whether the interface works: 1 yes, 0 no.',
    perInterface((each) => (each.up ? 1 : 0)),
  ),
];
