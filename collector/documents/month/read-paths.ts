import { registeredNetworks } from '../../facts/registered-networks.ts';
import type { PathRow } from '../../store/path-rows.ts';
import type { PathFigures } from './figures.ts';
import type { MonthView } from './month-view.ts';

/** Which way the reports of each machine of a department arrived, in days; by the networks that are registered now. */
export function readPaths({ config, source, days, agents }: MonthView, pd: string): PathFigures[] {
  const networks = registeredNetworks(config);
  const rows = source.pathsOf({ pd, fromDay: days[0]?.name ?? '', untilDay: days.at(-1)?.name ?? '' });
  const placesOf = ({ sources, ...own }: PathRow) => sources.seen.map(({ address }) => networks.placeOf(address, own));
  const all = [...agents.values()].flat();
  return [...Map.groupBy(rows, ({ agentKey, site }) => `${agentKey} ${site}`).values()].flatMap((ofAgent) => {
    const agent = all.find(({ key }) => key === ofAgent[0]?.agentKey);
    const site = ofAgent[0]?.site;
    if (agent === undefined || site === undefined) return [];
    const places = ofAgent.map(placesOf);
    const outsideDayCount = networks.isRegistered ? places.filter((seen) => seen.includes('outside')).length : 0;
    const intraDayCount = networks.isRegistered ? places.filter(isIntraOnly).length : 0;
    const unknownDayCount = days.length - outsideDayCount - intraDayCount;
    return [{ site, node: agent.node, intraDayCount, outsideDayCount, unknownDayCount }];
  });
}

function isIntraOnly(places: readonly string[]): boolean {
  return places.includes('intra') && !places.includes('outside');
}
