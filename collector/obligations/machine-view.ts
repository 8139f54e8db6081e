import { usualAddress } from '../config/address-networks.ts';
import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import { registeredNetworks } from '../facts/registered-networks.ts';
import type { InventoryRow } from '../store/rows.ts';
import { type CaseView, referenceTo } from './case-view.ts';
import type { MachineView } from './measured-facts.ts';
import { sourceOf } from './path-view.ts';

/** A machine with an agent, and where it stands as far as its network tells. */
export function machineView(view: CaseView, agent: AgentFacts, inventory: InventoryRow | undefined): MachineView {
  const { node, site, pd, tokenHash } = agent.row;
  const registered = view.config.perangkatDaerah.find(({ id }) => id === pd)?.sites.find(({ id }) => id === site);
  return {
    node,
    site,
    // Only routers show a token.
    isRouter: tokenHash !== undefined || registered?.router?.node === node,
    isFresh: isFresh(agent, view.nowMs),
    lastHeardAtMs: agent.present?.receivedAtMs,
    inventoryAtMs: inventory?.takenAtMs,
    stands: placeOf(view, agent),
    record: referenceTo(agent),
  };
}

/**
 * An own address in the networks of the Pusat Data shows that a machine is connected there. Reports from there do not:
 * a proxy may stand between. An address of the site's own, or reports from elsewhere, show the other.
 */
function placeOf({ config, fleet }: CaseView, agent: AgentFacts): MachineView['stands'] {
  const { row } = agent;
  if (agent.present === undefined) return 'unknown';
  const isAtVantage = fleet.vantages().some((other) => other.row.pd === row.pd && other.row.site === row.site);
  if (isAtVantage) return 'pusat-data';
  const networks = registeredNetworks(config);
  const addresses = (fleet.networks.of(row.key)?.addresses ?? []).flatMap(
    ({ cidr }) => usualAddress(cidr.slice(0, Math.max(0, cidr.indexOf('/')))) ?? [],
  );
  const places = new Set(addresses.map((address) => networks.placeOf(address, row)));
  if (places.has('pusat-data')) return 'pusat-data';
  const path = fleet.path(row.id);
  const isHere = path?.pd === row.pd && path.site === row.site;
  const place = isHere ? sourceOf(path, row, networks)?.place : undefined;
  if (places.has('intra') || place === 'intra' || place === 'outside') return 'elsewhere';
  return 'unknown';
}
