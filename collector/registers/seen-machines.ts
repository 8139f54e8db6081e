import type { AgentRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { SeenMachine } from './seed-hardware.ts';

/** The machines that are trusted, with what they told of themselves. */
export async function seenMachines(
  agents: Iterable<AgentRow>,
  store: Pick<Store, 'inventoryOf'>,
): Promise<SeenMachine[]> {
  const machines: SeenMachine[] = [];
  for (const { key, pd, site, node, tokenHash, revokedAtMs } of agents) {
    if (revokedAtMs !== undefined) continue;
    const inventory = await store.inventoryOf(key);
    machines.push({ pd, site, node, isRouter: tokenHash !== undefined, inventory: inventory?.body });
  }
  return machines;
}
