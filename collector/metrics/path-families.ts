import { isFresh } from '../facts/node-facts.ts';
import { registeredNetworks } from '../facts/registered-networks.ts';
import { sourceOf } from '../obligations/path-view.ts';
import type { FleetFamily } from './family.ts';
import { isShown, nodeLabelNames, nodeLabels } from './fleet-view.ts';

const values = { outside: 1, intra: 0, 'pusat-data': Number.NaN } as const;

/** Left out while no Jaringan Intra is registered: nothing is outside it. */
const outsideIntra: FleetFamily = {
  of: 'fleet',
  group: 'path',
  name: 'pantau_path_outside_intra',
  type: 'gauge',
  labels: nodeLabelNames,
  help: 'Whether the last report of the node came from outside the Jaringan Intra: 1 yes, 0 no, NaN when it is not known.',
  *samples({ config, fleet, nowMs }) {
    const networks = registeredNetworks(config);
    if (!networks.isRegistered) return;
    for (const agent of fleet.agents()) {
      if (!isShown(agent)) continue;
      const facts = isFresh(agent, nowMs) ? fleet.path(agent.row.id) : undefined;
      const source = facts && sourceOf(facts, agent.row, networks);
      yield { labels: nodeLabels(agent.row), value: source === undefined ? Number.NaN : values[source.place] };
    }
  },
};

export const pathFamilies: readonly FleetFamily[] = [outsideIntra];
