import { staleAfterMs, type Present } from './facts/node-facts.ts';
import { createFleet, type Fleet, type FleetOptions } from './facts/fleet.ts';
import { storedReport } from './store/report-body.ts';
import type { Store } from './store/store.ts';

/** The facts as they were when the collector last stopped, from what it keeps on disk. */
export async function restoreFleet(store: Store, options?: FleetOptions): Promise<Fleet> {
  const fleet = createFleet(options);
  for (const row of await store.loadAgents()) fleet.addAgent(row);
  const presents = new Map<number, Present>();
  for (const kept of await store.latestReports()) {
    const report = storedReport(kept.encoding, kept.body, kept.place);
    presents.set(kept.agentKey, {
      report,
      takenAtMs: kept.takenAtMs,
      receivedAtMs: kept.receivedAtMs,
      remoteAddress: kept.remoteAddress ?? undefined,
      clockOffsetSeconds: (kept.receivedAtMs - kept.sentAtMs) / 1000,
      freshSinceMs: kept.receivedAtMs,
      staleAtMs: kept.receivedAtMs + staleAfterMs(report.intervalSeconds),
    });
  }
  fleet.restore({
    links: await store.loadLinks(),
    traffic: await store.loadTraffic(),
    paths: await store.loadPaths(),
    presents,
    networks: await store.loadNetworks(),
    claims: await store.loadClaims(),
    arrivals: await store.loadArrivals(),
    holdings: await store.loadHoldings(),
    vaultScans: await store.loadVaultScans(),
    restoreTests: await store.loadRestoreTests(),
  });
  return fleet;
}
