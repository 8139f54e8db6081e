import { maxProbeCount, probesFor } from './agent-probes.ts';
import type { ConfigProblem } from './problem.ts';
import type { PantauConfig } from './schema.ts';

/** An agent at the Pusat Data probes so many things at most: what is beyond is left out, websites and servers first. */
export function probeCountNotes(config: PantauConfig): ConfigProblem[] {
  const count = probesFor(config, { pd: '', site: '', roles: ['vantage'] }, [], Infinity).length;
  if (count <= maxProbeCount) return [];
  const message =
    `gives an agent at the Pusat Data ${count} probes (routers, targets, websites); it takes ${maxProbeCount}, ` +
    'and the last websites and the servers behind the routers are not probed';
  return [{ path: ['perangkatDaerah'], message }];
}
