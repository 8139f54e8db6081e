import { addressNetworks } from '../config/address-networks.ts';
import type { PantauConfig, SiteConfig } from '../config/schema.ts';

/**
 * Where an address is by the Pemda's register. `pusat-data`: at the Pusat Data itself, where a proxy or a tunnel ends, so
 * that it does not show where a report began.
 */
export type AddressPlace = 'intra' | 'outside' | 'pusat-data';

/**
 * What the gateway of a machine is: the registered router, something in the site's own subnets or elsewhere in the
 * Jaringan Intra, nothing of that (`foreign`), or not to be told because the site registered no subnets.
 */
export type GatewayPlace = 'router' | 'site' | 'intra' | 'foreign' | 'unknown';

export interface RegisteredNetworks {
  /** Without a registered Jaringan Intra nothing is outside it. */
  isRegistered: boolean;
  /** Whether the Pemda registered where it meets the internet. */
  hasEgress: boolean;
  /** @param own the department and site of the machine whose address or way it is. */
  placeOf(address: string, own: { pd: string; site: string }): AddressPlace;
  gatewayPlaceOf(address: string, own: { pd: string; site: string }): GatewayPlace;
  isOwnEgress(address: string): boolean;
}

const known = new WeakMap<PantauConfig, RegisteredNetworks>();

/** The networks that a configuration registers, made once. */
export function registeredNetworks(config: PantauConfig): RegisteredNetworks {
  const networks = known.get(config) ?? makeNetworks(config);
  known.set(config, networks);
  return networks;
}

const loopback = addressNetworks(['127.0.0.0/8', '::1/128']);
const linkLocal = addressNetworks(['169.254.0.0/16', 'fe80::/10']);

function makeNetworks(config: PantauConfig): RegisteredNetworks {
  const subnetsOf = (sites: readonly SiteConfig[]) => sites.flatMap(({ subnets = [] }) => subnets);
  const diskominfo = config.pemda.diskominfo.pd;
  const intra = addressNetworks([
    ...config.jaringanIntra,
    ...config.perangkatDaerah.flatMap(({ sites }) => subnetsOf(sites)),
  ]);
  const pusatData = addressNetworks(subnetsOf(config.perangkatDaerah.find(({ id }) => id === diskominfo)?.sites ?? []));
  const egress = addressNetworks(config.egress?.registered ?? []);
  const sites = new Map(
    config.perangkatDaerah.flatMap((pd) =>
      pd.sites.map((site) => [`${pd.id}/${site.id}`, { ...site, networks: addressNetworks(site.subnets ?? []) }]),
    ),
  );
  const siteOf = ({ pd, site }: { pd: string; site: string }) => sites.get(`${pd}/${site}`);
  const places = new RememberedPlaces((address, own) => {
    if (siteOf(own)?.networks.has(address) === true) return 'intra';
    if (loopback.has(address) || (own.pd !== diskominfo && pusatData.has(address))) return 'pusat-data';
    return intra.has(address) ? 'intra' : 'outside';
  });
  return {
    isRegistered: config.jaringanIntra.length > 0,
    hasEgress: !egress.isEmpty,
    placeOf: (address, own) => places.of(address, own),
    gatewayPlaceOf(address, own) {
      const site = siteOf(own);
      if (site?.router?.address === address) return 'router';
      if (site?.networks.has(address) === true) return 'site';
      if (intra.has(address)) return 'intra';
      // A gateway of the other family, or one that has meaning on its own wire only, is in nobody's register.
      const isTold = (site?.subnets ?? []).some((cidr) => cidr.includes(':') === address.includes(':'));
      return isTold && !linkLocal.has(address) ? 'foreign' : 'unknown';
    },
    isOwnEgress: (address) => egress.has(address),
  };
}

const mostPlaces = 50_000;

/** Each address is asked for again and again, and looking through all networks takes microseconds. */
class RememberedPlaces {
  readonly #find: RegisteredNetworks['placeOf'];
  /** By department, site and address. */
  readonly #known = new Map<string, AddressPlace>();

  constructor(find: RegisteredNetworks['placeOf']) {
    this.#find = find;
  }

  of(address: string, own: { pd: string; site: string }): AddressPlace {
    const name = `${own.pd}/${own.site}/${address}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const place = this.#find(address, own);
    // Addresses come from outside: what they may cost is bounded.
    if (this.#known.size >= mostPlaces) this.#known.clear();
    this.#known.set(name, place);
    return place;
  }
}
