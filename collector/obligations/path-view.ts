import { isFresh } from '../facts/node-facts.ts';
import type { PathFacts } from '../facts/path-facts.ts';
import { networkGapMs, silentHop } from '../facts/path-looks.ts';
import { type RegisteredNetworks, registeredNetworks } from '../facts/registered-networks.ts';
import { seenNow } from '../facts/seen-list.ts';
import type { SeenList, SeenRow } from '../store/path-rows.ts';
import type { AgentRow } from '../store/rows.ts';
import type { CaseView } from './case-view.ts';
import type { AgentPathView, OwnWay, PathView, WaySign } from './site-facts.ts';

/** Two ways that follow each other within this are one time outside. */
const breakMs = 15 * 60_000;

/** Which ways the machines of a site take, from what their reports show. */
export function pathView({ config, fleet, nowMs }: CaseView, pd: string, site: string): PathView {
  const networks = registeredNetworks(config);
  const registered = config.perangkatDaerah.find(({ id }) => id === pd)?.sites.find(({ id }) => id === site);
  let isConnected = registered?.router !== undefined;
  const agents: AgentPathView[] = [];
  for (const agent of fleet.agentsOf(pd)) {
    const { row } = agent;
    if (row.site !== site || row.revokedAtMs !== undefined) continue;
    const facts = fleet.path(row.id);
    const isHere = facts?.pd === pd && facts.site === site;
    const path = isHere ? facts : undefined;
    isConnected ||= path !== undefined && wasThrough(path, row, networks);
    agents.push({
      node: row.node,
      isFresh: isFresh(agent, nowMs),
      source: path && sourceOf(path, row, networks),
      ...(path === undefined ? noWays : waysOf(path, row, { networks, nowMs })),
    });
  }
  return { isRegistered: networks.isRegistered, isConnected, agents };
}

function wasThrough({ sources, knownSources }: PathFacts, row: AgentRow, networks: RegisteredNetworks): boolean {
  const addresses = [...sources.seen.map(({ address }) => address), ...knownSources];
  return addresses.some((address) => networks.placeOf(address, row) === 'intra');
}

type Source = AgentPathView['source'];

const known = new WeakMap<PathFacts, { row: AgentRow; networks: RegisteredNetworks; source: Source }>();

/** Where the newest report of an agent came from. Facts are replaced and never changed: of the same it is the same. */
export function sourceOf(path: PathFacts, row: AgentRow, networks: RegisteredNetworks): Source {
  const before = known.get(path);
  if (before?.row === row && before.networks === networks) return before.source;
  const source = newestSource(path, row, networks);
  known.set(path, { row, networks, source });
  return source;
}

function newestSource({ sources }: PathFacts, row: AgentRow, networks: RegisteredNetworks): Source {
  const [now] = seenNow(sources);
  if (now === undefined) return undefined;
  const { address, record } = now;
  const place = networks.placeOf(address, row);
  const sinceMs = sinceOf(sources, now, (other) => networks.placeOf(other.address, row) === place);
  return { address, place, sinceMs, record };
}

/** A provider gives another address now and then: addresses of one kind that follow each other are one time. */
function sinceOf({ seen }: SeenList, now: SeenRow, isSame: (row: SeenRow) => boolean): number {
  let { sinceMs } = now;
  for (const row of seen.filter(({ lastAtMs }) => lastAtMs < now.lastAtMs)) {
    if (!isSame(row) || sinceMs - row.lastAtMs > breakMs) break;
    sinceMs = Math.min(sinceMs, row.sinceMs);
  }
  return sinceMs;
}

type Ways = Pick<AgentPathView, 'signs' | 'ownWays'>;

const noWays: Ways = { signs: [], ownWays: [] };

interface KnownWays {
  row: AgentRow;
  networks: RegisteredNetworks;
  /** Time alone changes them when one of the looks becomes too old. */
  oldLooks: number;
  ways: Ways;
}

const knownWays = new WeakMap<PathFacts, KnownWays>();

interface WaysContext {
  networks: RegisteredNetworks;
  nowMs: number;
}

function waysOf(path: PathFacts, row: AgentRow, view: WaysContext): Ways {
  const { networks, nowMs } = view;
  const isOld = ({ lookedAtMs }: SeenList): number => Number(nowMs - lookedAtMs > networkGapMs);
  const oldLooks = isOld(path.gateways) + 2 * isOld(path.egresses) + 4 * isOld(path.hops);
  const before = knownWays.get(path);
  if (before?.row === row && before.networks === networks && before.oldLooks === oldLooks) return before.ways;
  const ways = { signs: newestSigns(path, row, view), ownWays: newestOwnWays(path, row, view) };
  knownWays.set(path, { row, networks, oldLooks, ways });
  return ways;
}

function newestSigns({ gateways, egresses, hops }: PathFacts, row: AgentRow, view: WaysContext): WaySign[] {
  const { networks } = view;
  const found = (kind: WaySign['kind'], list: SeenList, isOutside: (address: string) => boolean): WaySign[] =>
    currentOf(list, view, isOutside).map(({ address, sinceMs, record }) => ({ kind, address, sinceMs, record }));
  return [
    ...found('gateway', gateways, (address) => networks.gatewayPlaceOf(address, row) === 'foreign'),
    ...found('egress', egresses, (address) => networks.hasEgress && !networks.isOwnEgress(address)),
    ...found('hop', hops, (address) => address !== silentHop && networks.placeOf(address, row) === 'outside'),
  ];
}

function newestOwnWays({ gateways, egresses }: PathFacts, row: AgentRow, view: WaysContext): OwnWay[] {
  const { networks } = view;
  const isInside = (address: string) => ['router', 'site', 'intra'].includes(networks.gatewayPlaceOf(address, row));
  const found = (kind: OwnWay['kind'], list: SeenList, isOwn: (address: string) => boolean): OwnWay[] =>
    currentOf(list, view, isOwn).map(({ address, record }) => ({ kind, address, record }));
  return [...found('egress', egresses, networks.isOwnEgress), ...found('gateway', gateways, isInside)];
}

const none: SeenRow[] = [];

/** What is seen now, as long as the look is young enough. */
function currentOf(list: SeenList, { nowMs }: WaysContext, is: (address: string) => boolean): SeenRow[] {
  if (list.seen.length === 0 || nowMs - list.lookedAtMs > networkGapMs) return none;
  return seenNow(list).filter(({ address }) => is(address));
}
