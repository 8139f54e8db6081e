import type { PantauConfig } from '../config/schema.ts';

/** Beginning of the name of everything that is about an area; no department may be called so. */
export const areaPrefix = 'wilayah';
/** The name of the Pemda as a whole. */
export const wholePemda = `${areaPrefix}/*`;

export interface Area {
  /** `wilayah/<area>`, or `wilayah/*`. */
  name: string;
  area: string | undefined;
  sites: { pd: string; site: string; area: string | undefined; hasRouter: boolean }[];
}

/** A configuration is replaced, never changed. */
const known = new WeakMap<PantauConfig, Area[]>();

/** Every area of the configuration, and last the Pemda as a whole. */
export function areasOf(config: PantauConfig): Area[] {
  const areas = known.get(config) ?? findAreas(config);
  known.set(config, areas);
  return areas;
}

function findAreas(config: PantauConfig): Area[] {
  const sites = config.perangkatDaerah.flatMap((pd) =>
    pd.sites.map(({ id, area, router }) => ({ pd: pd.id, site: id, area, hasRouter: router !== undefined })),
  );
  const named = new Set(sites.flatMap(({ area }) => area ?? []));
  const areas = [...named].map((area) => ({
    name: areaName(area),
    area,
    sites: sites.filter((site) => site.area === area),
  }));
  return [...areas, { name: wholePemda, area: undefined, sites }];
}

export function areaName(area: string): string {
  return `${areaPrefix}/${area}`;
}

/** The areas that are worth judging: enough sites for a common outage, and for the whole one that can be watched. */
export function judgedAreas(config: PantauConfig, fewestSites: number): Area[] {
  return areasOf(config).filter(({ name, sites }) =>
    name === wholePemda ? sites.some(({ hasRouter }) => hasRouter) : sites.length >= fewestSites,
  );
}
