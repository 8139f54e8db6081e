import type { FleetMember } from './fleet.ts';
import { createSimulatedAgent } from './simulated-agent.ts';

/** The first agent of a department, which looks after its datasets, as if a collector had enrolled it. */
export function memberWith({ pd, datasets = [] }: { pd: string; datasets?: readonly string[] }): FleetMember {
  const agent = createSimulatedAgent({ seed: 9, intervalSeconds: 60, pd, node: 'srv-web' });
  return {
    agent,
    isFirstOfPd: true,
    config: {
      agent: agent.id,
      pd,
      site: 'kantor',
      node: 'srv-web',
      roles: [],
      intervalSeconds: 60,
      discoverTargets: true,
      probes: [],
      backups: datasets.map((dataset) => ({ dataset, source: { kind: 'files' } })),
      spool: { maxSizeBytes: 65_536 },
      drain: { batchesPerMinute: 6000 },
    },
  };
}
