import type { SpoolingAgent } from '../spooling-agent.ts';
import { type LengkapDepartment, lengkapDepartments, type LengkapSite, type NodeTrouble } from './departments.ts';

/** A simulated machine in its department. */
export interface Place {
  department: LengkapDepartment;
  site: LengkapSite;
  /** Its address in the network of the site. */
  address: string;
  trouble: NodeTrouble | undefined;
}

/** Where everybody is; a department that is not of this scenario is not in it. */
export interface Places {
  of: (agent: SpoolingAgent) => Place | undefined;
  site: (pd: string, site: string) => LengkapSite | undefined;
  department: (pd: string) => LengkapDepartment | undefined;
}

/** The scenario can be played against a collector with any number of its departments. */
const mostDepartments = 900;
const firstHostNumber = 10;

export function placesOf(agents: readonly SpoolingAgent[]): Places {
  const departments = new Map(lengkapDepartments(mostDepartments).map((each) => [each.id, each]));
  const siteOf = (pd: string, id: string) => departments.get(pd)?.sites.find((site) => site.id === id);
  const places = new Map<SpoolingAgent, Place>();
  for (const [pd, members] of Map.groupBy(agents, (agent) => agent.member.agent.pd)) {
    const department = departments.get(pd);
    for (const [index, agent] of members.entries()) {
      const site = siteOf(pd, agent.member.config.site);
      if (department === undefined || site === undefined) continue;
      // Something is wrong with the second machine; without a router none reaches the Jaringan Intra.
      const isTroubled = index === Math.min(1, members.length - 1) || !site.hasRouter;
      const trouble = isTroubled ? department.nodeTrouble : undefined;
      places.set(agent, { department, site, address: `${site.network}.${firstHostNumber + index}`, trouble });
    }
  }
  return { of: (agent) => places.get(agent), site: siteOf, department: (pd) => departments.get(pd) };
}
