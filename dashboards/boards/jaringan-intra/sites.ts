import { withPdName } from '../../promql.ts';

/** The sites that are chosen, by the variables of the board. */
export const chosen = 'pd=~"$pd", site=~"$site"';

export const everySite = `max by (pd, site) (pantau_site_info{${chosen}})`;
const siteCount = `count(${everySite})`;

/** 0 where sites are registered and none is so; nothing where no site is known. */
const orNoSite = (expr: string): string => `(${expr}) or ${siteCount} * 0`;

export const allSitesBut = (expr: string): string => `${siteCount} - (${orNoSite(expr)})`;

/**
 * Adds the name of the site, its medium and the name of its department to what has the labels `pd` and `site`. `topk`
 * leaves one series where a site was renamed or is told twice.
 */
export function withNames(expr: string): string {
  const names = `topk by (pd, site) (1, label_join(pantau_site_info{${chosen}}, "site_name", "", "name"))`;
  return withPdName(`(${expr}) * on (pd, site) group_left (site_name, medium) ${names}`);
}

/** How a line of a chart is called. */
export const siteLegend = '{{pd}} / {{site}}';

/** More lines than these make a chart unreadable. */
export const mostLines = 15;
