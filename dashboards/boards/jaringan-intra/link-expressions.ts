import { countOf } from '../../promql.ts';
import { allSitesBut, chosen, everySite, mostLines } from './sites.ts';

/** What a site's layer is, as numbers that sort from the worst to the best. */
export const siteStates = { down: 0, unknown: 0.5, partly: 1, up: 2 } as const;

/**
 * Who looks at a layer of a site may be several: `up` when all who know reach it, `down` when none does. NaN (unknown)
 * never wins over what somebody knows.
 */
function known(matcher: string, by = 'pd, site'): string {
  const series = `pantau_link_up{${chosen}, ${matcher}}`;
  return `max by (${by}) (${series}) + min by (${by}) (${series}) >= 0`;
}

/** What is watched at all. Of the links of a silent prober remote write tells nothing but whether they are unstable. */
function unknownOf(matcher: string, by = 'pd, site'): string {
  const seen = (metric: string) => `group by (${by}) (${metric}{${chosen}, ${matcher}}) * ${siteStates.unknown}`;
  return `${seen('pantau_link_up')} or ${seen('pantau_link_unstable')}`;
}

export const stateOfLayer = (layer: string): string =>
  `(${known(`layer="${layer}"`)}) or ${unknownOf(`layer="${layer}"`)}`;

/** More lanes than these are more than a browser should draw. */
export const mostLanes = 40;

/** Over time, of the sites that were longest not wholly reached; of all where there are no more than these. */
export function stateOverTime(layer: string): string {
  const notReached = `count_over_time(((${stateOfLayer(layer)}) < ${siteStates.up})[$__range:5m] @ end())`;
  const all = `max by (pd, site) (pantau_site_info{${chosen}} @ end()) * 0`;
  return `(${stateOfLayer(layer)}) and on (pd, site) topk(${mostLanes}, ${notReached} or ${all})`;
}

const lanOrWan = ['layer=~"lan|wan"', 'pd, site, layer'] as const;

/** The worst of what is watched of a site's LAN and WAN: not known is worse than well. Unknown where nothing is watched. */
export const worstOfSite = `min by (pd, site) ((${known(...lanOrWan)}) or ${unknownOf(...lanOrWan)}) or ${everySite} * ${siteStates.unknown}`;

const chosenLayer = known('layer="$layer"');

/** None is a number where the state of any site is known. */
export const sitesIn = (state: number): string => `count(${chosenLayer} == ${state}) or count(${chosenLayer}) * 0`;
export const sitesUnknown = allSitesBut(`count(${chosenLayer})`);

const reached = `max by (pd, site) (pantau_link_up{${chosen}, layer="$layer"})`;
/** Looks are five minutes apart: what is shorter may be missed, and what is seen counts for five. */
const looks = (expr: string): string => `count_over_time((${expr})[$__range:5m])`;
const allLooks = `scalar(${looks('vector(1)')})`;

export const upShare = `${looks(`${reached} == 1`)} / ${allLooks} or ${everySite} * 0`;
export const downShare = `${looks(`${reached} == 0`)} / ${allLooks} or ${everySite} * 0`;
/** What is left: also the time before the site was watched. */
export const unknownShare = `1 - (${looks(`${reached} >= 0`)} / ${allLooks} or ${everySite} * 0)`;
/** Of the time in which the state was known. */
export const availability = `(${looks(`${reached} == 1`)} or ${everySite} * 0) / ${looks(`${reached} >= 0`)}`;

/** The lines with the highest peaks in the shown time. */
function highest(series: string): string {
  const peaks = `topk(${mostLines}, max by (pd, site) (max_over_time(${series}[$__range] @ end())))`;
  return `max by (pd, site) (${series}) and on (pd, site) ${peaks}`;
}

export const roundTrip = highest(`pantau_link_round_trip_seconds{${chosen}, layer="$layer"}`);
export const loss = highest(`pantau_link_loss_ratio{${chosen}, layer="$layer"}`);

export const unstableLinks = `max by (pd, site, layer, target) (pantau_link_unstable{${chosen}}) == 1`;

const place = 'max by (pd, site, node) (pantau_path_outside_intra{' + chosen + '})';
/** Nothing is told while no Jaringan Intra is registered, or nobody's place is known. */
export const outsideCount = countOf(place, '== 1', '== 0');
export const nodesOutside = `${place} == 1`;
