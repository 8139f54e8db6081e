import type { FactChanges } from './store.ts';

/** Changes of facts before anything has changed. */
export function noFactChanges(): FactChanges {
  return {
    links: [],
    removedLinks: [],
    claims: [],
    looks: [],
    arrivals: [],
    holdings: [],
    vaultScans: [],
    restoreTests: [],
    inventories: [],
    networks: [],
    traffic: [],
    paths: [],
  };
}
