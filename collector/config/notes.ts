import { isIP } from 'node:net';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import { addressNetworks, usualAddress } from './address-networks.ts';
import { nearestName } from './nearest-name.ts';
import { boundsOf } from './network-bounds.ts';
import { probeCountNotes } from './probe-count-note.ts';
import type { ConfigPath, ConfigProblem } from './problem.ts';
import type { PantauConfig, SiteConfig } from './schema.ts';

/** What a good configuration says that is allowed, and may all the same not be meant. */
export function notesOn(config: PantauConfig, nowMs: number): ConfigProblem[] {
  return [
    ...siteNotes(config),
    ...areaNotes(config),
    ...waiverNotes(config, nowMs),
    ...receiverNotes(config),
    ...probeCountNotes(config),
  ];
}

function receiverNotes({ remoteWrite }: PantauConfig): ConfigProblem[] {
  return remoteWrite.flatMap(({ url, basicAuth, bearerToken }, index) => {
    if (typeof url !== 'string' || !URL.canParse(url)) return [];
    const { protocol, hostname, pathname } = new URL(url);
    const path: ConfigPath = ['remoteWrite', index, 'url'];
    const isSecret = basicAuth !== undefined || bearerToken !== undefined;
    const isFar = !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
    const noPath = 'has no path; Prometheus and VictoriaMetrics receive at /api/v1/write, Mimir at /api/v1/push';
    const inClear = 'sends its password readable over the network; use https:// unless that is meant';
    return [
      ...(pathname === '/' ? [{ path, message: noPath }] : []),
      ...(protocol === 'http:' && isSecret && isFar ? [{ path, message: inClear }] : []),
    ];
  });
}

interface PlacedSite {
  site: SiteConfig;
  path: ConfigPath;
}

function sitesOf({ perangkatDaerah }: PantauConfig): PlacedSite[] {
  return perangkatDaerah.flatMap(({ sites }, pdIndex) =>
    sites.map((site, index) => ({ site, path: ['perangkatDaerah', pdIndex, 'sites', index] })),
  );
}

function siteNotes(config: PantauConfig): ConfigProblem[] {
  const intra = addressNetworks(config.jaringanIntra);
  return sitesOf(config).flatMap(({ site: { subnets = [], router }, path }) => {
    const outside = subnets.flatMap((cidr, index): ConfigProblem[] => {
      const { first, last } = boundsOf(cidr);
      if (intra.isEmpty || (intra.has(first) && intra.has(last))) return [];
      const effect = 'lies outside jaringanIntra, and what comes from there counts as inside all the same';
      const message = `"${cidr}" ${effect}; correct one of the two unless that is meant`;
      return [{ path: [...path, 'subnets', index], message }];
    });
    return [...outside, ...routerNotes(router?.address, subnets, [...path, 'router', 'address'])];
  });
}

function routerNotes(given: string | undefined, subnets: readonly string[], path: ConfigPath): ConfigProblem[] {
  const address = usualAddress(given);
  if (address === undefined || isIP(address) === 0 || subnets.length === 0) return [];
  if (addressNetworks(subnets).has(address)) return [];
  const remedy = 'correct it unless it is the side towards the WAN';
  return [{ path, message: `"${address}" is in none of the subnets of its site; ${remedy}` }];
}

function areaNotes(config: PantauConfig): ConfigProblem[] {
  const counts = new Map<string, number>();
  for (const { site } of sitesOf(config)) {
    if (site.area !== undefined) counts.set(site.area, (counts.get(site.area) ?? 0) + 1);
  }
  const shared = [...counts].filter(([, count]) => count > 1).map(([area]) => area);
  return sitesOf(config).flatMap(({ site: { area }, path }) => {
    if (area === undefined || counts.get(area) !== 1) return [];
    const near = nearestName(area, shared);
    const remedy = near === undefined ? 'an area is of use to several sites' : `did you mean "${near}"?`;
    return [{ path: [...path, 'area'], message: `"${area}" is the area of this site alone; ${remedy}` }];
  });
}

function waiverNotes({ obligations, timezone }: PantauConfig, nowMs: number): ConfigProblem[] {
  const today = formatZonedRfc3339(nowMs, timezone).slice(0, 10);
  return Object.entries(obligations).flatMap(([id, { waived = [] }]) =>
    waived.flatMap(({ until }, index) => {
      if (until >= today) return [];
      const message = `"${until}" is over, so the duty is judged again; renew the waiver or take it out`;
      return [{ path: ['obligations', id, 'waived', index, 'until'], message }];
    }),
  );
}
