import type { MonitoredLink } from '../../store/store.ts';
import type { ApiView, Query } from '../resource.ts';

/** The links of configured sites that are asked for, with everything that has come about them up to now. */
export async function askedLinks(view: ApiView, { pd, site, layer }: Query): Promise<MonitoredLink[]> {
  const { config, store } = view;
  await store.history.catchUp(probersOf(view, pd));
  const known = new Set(config.perangkatDaerah.flatMap((each) => each.sites.map(({ id }) => `${each.id}/${id}`)));
  const links = await store.history.monitoredLinks();
  return links.filter(
    (link) =>
      (pd === undefined || link.pd === pd) &&
      (site === undefined || link.site === site) &&
      (layer === undefined || link.layer === layer) &&
      known.has(`${link.pd}/${link.site}`),
  );
}

/** The agents whose newest reports may speak for a department. */
function probersOf({ fleet }: ApiView, pd: string | undefined): number[] {
  const agents = pd === undefined ? [...fleet.agents()] : [...fleet.agentsOf(pd), ...fleet.vantages()];
  return [...new Set(agents.map(({ row: { key } }) => key))];
}
