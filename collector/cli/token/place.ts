import { durationPattern, durationSeconds } from '../../../shared/duration.ts';
import type { PantauConfig } from '../../config/schema.ts';
import { commandLine } from '../command-line.ts';

export const { wrongUsage, parse } = commandLine('token');

/**
 * @param wanted `path` is the configuration that was read.
 * @returns the site that a token is for: the one named, or the department's first.
 */
export function siteFor(config: PantauConfig, wanted: { pd: string; site: string | undefined; path: string }): string {
  const pd = config.perangkatDaerah.find((known) => known.id === wanted.pd);
  if (pd === undefined) {
    const known = config.perangkatDaerah.map((each) => each.id).join(', ');
    throw wrongUsage(`no department "${wanted.pd}" in ${wanted.path}; known: ${known}`);
  }
  const site = wanted.site ?? pd.sites[0]?.id;
  if (site === undefined) throw wrongUsage(`${pd.id} has no site; add one under sites in the configuration`);
  if (pd.sites.some((known) => known.id === site)) return site;
  throw wrongUsage(
    `${pd.id} has no site "${site}" in ${wanted.path}; known: ${pd.sites.map((known) => known.id).join(', ')}`,
  );
}

export function checkedUrl(url: string | undefined): string | undefined {
  if (url === undefined || /^https?:\/\/[^\s/]+$/.test(url)) return url;
  throw wrongUsage(`--url "${url}" must look like https://10.1.1.5:8420`);
}

export function expirySeconds(expires: string): number {
  if (new RegExp(durationPattern).test(expires)) return durationSeconds(expires);
  throw wrongUsage(`--expires "${expires}" must look like 12h or 30d`);
}
