import { chosen, mostLines } from './sites.ts';

export type Direction = 'down' | 'up';

const counters = { down: 'receive', up: 'transmit' } as const;

/** A router that two agents read is one. */
const perInterface = 'pd, site, router, interface';
const perReader = `node, ${perInterface}`;

/**
 * What runs through the WAN interfaces of a site: the most that one agent has read of them together. Two may read the same
 * router under two addresses, as one at the Pusat Data and the router's own agent do. From the counters, not from a
 * recording rule: what was reported late is in them.
 *
 * @param at ` @ end()` for the end of what is shown, worked out once for a whole chart
 */
function wanUse(direction: Direction, at = ''): string {
  const counter = `pantau_router_interface_${counters[direction]}_bytes_total{${chosen}}`;
  const rate = `max by (${perReader}) (rate(${counter}[$__rate_interval]${at}))`;
  return `max by (pd, site) (sum by (pd, site, node) (${rate} and on (${perReader}) (${wanInterfaces(at, perReader)})))`;
}

const wanInterfaces = (at = '', by = perInterface): string =>
  `max by (${by}) (pantau_router_interface_wan{${chosen}}${at}) == 1`;

export const approved = (direction: Direction, at = ''): string =>
  `max by (pd, site) (pantau_link_approved_bytes_per_second{${chosen}, direction="${direction}"}${at})`;

const shareOf = (use: string, direction: Direction, at = ''): string =>
  `${use} / on (pd, site) ${approved(direction, at)}`;

/** The sites that use most of what they may. */
export function shareNow(direction: Direction): string {
  const atTheEnd = shareOf(wanUse(direction, ' @ end()'), direction, ' @ end()');
  return `${shareOf(wanUse(direction), direction)} and on (pd, site) topk(${mostLines}, ${atTheEnd})`;
}

/** The figure that the duty is judged by: of the last 24 hours, whatever time is shown. */
export const judgedUse = (direction: Direction): string =>
  `max by (pd, site) (pantau_site_traffic_p95_bytes_per_second{${chosen}, direction="${direction}"})`;

export const judgedShare = (direction: Direction): string => shareOf(judgedUse(direction), direction);

const recorded = { down: 'pantau:site_wan_receive_bytes:rate5m', up: 'pantau:site_wan_transmit_bytes:rate5m' } as const;

/** The same percentile over the shown time, of what the recording rule kept: it does not know what was reported late. */
export const shareOfShownTime = (direction: Direction): string =>
  shareOf(`max by (pd, site) (quantile_over_time(0.95, ${recorded[direction]}{${chosen}}[$__range]))`, direction);

/** 1 where the WAN interface of the site is read, 0 where only an approval is registered. */
export const isMeasured = `group by (pd, site) (${wanInterfaces()}) or ${approved('down')} * 0`;

const router = 'pd, site, router';

/** Of a silent reader nothing is written any more: for a day its routers stay, unknown. */
const everyRouter = `group by (${router}) (last_over_time(pantau_router_up{${chosen}}[1d]))`;

/** 1 when it answers, 0 when not, 0.5 when nobody knows. */
export const routerState = `(max by (${router}) (pantau_router_up{${chosen}}) >= 0) or ${everyRouter} * 0.5`;
export const routerUptime = `time() - max by (${router}) (pantau_router_boot_timestamp_seconds{${chosen}})`;
export const routerTemperature = `max by (${router}) (pantau_router_temperature_celsius{${chosen}})`;
export const hottestRouters = `${routerTemperature} and on (${router}) topk(${mostLines}, max by (${router}) (pantau_router_temperature_celsius{${chosen}} @ end()))`;
export const routerVoltage = `max by (${router}) (pantau_router_voltage_volts{${chosen}})`;

/** Broken packets in both directions. */
export const routerErrorsPerMinute = `60 * sum by (${router}) (${errors('receive')} + ${errors('transmit')})`;

function errors(way: 'receive' | 'transmit'): string {
  return `max by (${perInterface}) (rate(pantau_router_interface_${way}_errors_total{${chosen}}[$__rate_interval]))`;
}
