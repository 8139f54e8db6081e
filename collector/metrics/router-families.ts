import type { RouterFacts } from '../facts/router-facts.ts';
import { isFreshReading, routerStateOf } from '../facts/router-state.ts';
import type { ReportRouterInterface } from '../../shared/report-schema.ts';
import type { Family, Sample } from './exposition.ts';
import type { FleetView, Labels } from './fleet-view.ts';

/** @param read gives nothing for what the router did not tell; a router that is not heard has no figures. */
function family(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  read: (facts: RouterFacts, isFresh: boolean, view: FleetView) => { labels: Labels; value: number | undefined }[],
): Family<FleetView> {
  function* samples(view: FleetView): Generator<Sample> {
    const { fleet, nowMs } = view;
    for (const facts of fleet.routers.all()) {
      const labels: Labels = [
        ['pd', facts.pd],
        ['site', facts.site],
        ['node', facts.node],
        ['router', facts.reading.address],
      ];
      for (const each of read(facts, isFreshReading(facts, nowMs), view)) {
        if (each.value !== undefined) yield { labels: [...labels, ...each.labels], value: each.value };
      }
    }
  }
  return { name, type, help, samples };
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

export const routerFamilies: readonly Family<FleetView>[] = [
  family(
    'pantau_router_up',
    'gauge',
    'Whether the router answers its reader: 1 yes, 0 no, NaN when it is not known, or when it answers pings only.',
    (facts, _isFresh, { fleet, nowMs }) => one(stateValues[routerStateOf(facts, fleet.agent(facts.agent), nowMs)]),
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
