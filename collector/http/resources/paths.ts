import Type from 'typebox';
import type { Fleet } from '../../facts/fleet.ts';
import { mergedPaths, rowOf } from '../../facts/path-facts.ts';
import { silentHop } from '../../facts/path-looks.ts';
import { type RegisteredNetworks, registeredNetworks } from '../../facts/registered-networks.ts';
import { breathe } from '../../obligations/backup-history/breathe.ts';
import type { PathRow, SeenList } from '../../store/path-rows.ts';
import { type ApiView, instant, type QueryParameter, type Resource } from '../resource.ts';
import { Evidence, Instant } from './fields.ts';
import { askedDays, dayPattern } from './history-query.ts';

const Seen = Type.Object({
  address: Type.String(),
  place: Type.String({ description: 'by the register that is in force now, not the one of that day' }),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  evidence: Evidence,
});

const row = Type.Object({
  pd: Type.String(),
  site: Type.String(),
  node: Type.Union([Type.String(), Type.Null()]),
  day: Type.String({ description: "a day of the Pemda's zone" }),
  sources: Type.Array(Seen, {
    description: 'addresses on which its reports arrived: intra, outside or pusat-data; by the moment of receipt',
  }),
  gateways: Type.Array(Seen, { description: 'of its default routes: router, site, intra, foreign or unknown' }),
  egresses: Type.Array(Seen, {
    description: 'addresses under which the internet saw it: registered, outside, or unknown when none is registered',
  }),
  hops: Type.Array(Seen, {
    description: 'steps of its way to the Pusat Data: intra, outside, pusat-data, or unanswered (address *)',
  }),
});

const usualDays = 7;
const day = { pattern: dayPattern, form: 'a day such as 2026-11-22' };
const query: QueryParameter[] = [
  { name: 'site', docs: 'only rows of this site', pattern: '^[a-z0-9][a-z0-9-]{0,62}$', form: 'the id of one site' },
  { name: 'from', docs: `the first day; ${usualDays} days up to the last one when absent; at most 400 days`, ...day },
  { name: 'until', docs: 'the last day; today when absent', ...day },
];

export const pathsResource: Resource<typeof row> = {
  name: 'paths',
  summary: 'Which way the reports of each machine took, day by day: the way at the times told, never all traffic',
  row,
  query,
  async rows(view, { pd, site, from, until }) {
    const { config, nowMs, store } = view;
    const days = askedDays({ from, to: until }, config.timezone, { nowMs, usualDays }, 'until');
    const span = { fromDay: days[0]?.name ?? '', untilDay: days.at(-1)?.name ?? '' };
    const networks = registeredNetworks(config);
    const agents = new Map([...view.fleet.agents()].map(({ row: agent }) => [agent.key, agent]));
    const found = [];
    for (const department of config.perangkatDaerah.filter(({ id }) => pd === undefined || id === pd)) {
      const rows = await store.pathsOf({ pd: department.id, ...span });
      for (const each of rows.filter((kept) => site === undefined || kept.site === site)) {
        const agent = agents.get(each.agentKey);
        const whole = agent === undefined ? each : withPresent(each, view.fleet.path(agent.id));
        const place = { pd: each.pd, site: each.site, node: agent?.node ?? null, day: each.day };
        found.push({ ...place, ...listsOf(view, whole, networks) });
      }
      await breathe();
    }
    return found;
  },
};

/** What is kept of today may be some minutes old. */
function withPresent(kept: PathRow, facts: ReturnType<Fleet['path']>): PathRow {
  const isSame = facts?.day === kept.day && facts.pd === kept.pd && facts.site === kept.site;
  return isSame ? mergedPaths(kept, rowOf(facts)) : kept;
}

function listsOf(view: ApiView, kept: PathRow, networks: RegisteredNetworks) {
  const seen = ({ seen: rows }: SeenList, placeOf: (address: string) => string) =>
    rows.map(({ address, firstAtMs, lastAtMs, firstRecord, record }) => ({
      address,
      place: placeOf(address),
      firstSeenAt: instant(view, firstAtMs),
      lastSeenAt: instant(view, lastAtMs),
      evidence: firstAtMs === lastAtMs ? [record] : [firstRecord, record],
    }));
  const placeOf = (address: string) => networks.placeOf(address, kept);
  return {
    sources: seen(kept.sources, placeOf),
    gateways: seen(kept.gateways, (address) => networks.gatewayPlaceOf(address, kept)),
    egresses: seen(kept.egresses, (address) => egressPlaceOf(address, networks)),
    hops: seen(kept.hops, (address) => (address === silentHop ? 'unanswered' : placeOf(address))),
  };
}

function egressPlaceOf(address: string, { hasEgress, isOwnEgress }: RegisteredNetworks): string {
  if (!hasEgress) return 'unknown';
  return isOwnEgress(address) ? 'registered' : 'outside';
}
