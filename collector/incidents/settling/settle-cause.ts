import type { SettledCause } from '../../store/rows.ts';

/** What one machine at the site tells of the time in which it was cut off, once it is back. */
export interface HostEvidence {
  node: string;
  /** It was started anew in that time, and told of nothing before. */
  rebooted: boolean;
  /** Its agent was started anew in that time, and had told of nothing before. */
  agentRestarted: boolean;
  /** Reports that it took in that time and kept in its spool. */
  reportCount: number;
  gatewayUpCount: number;
  gatewayDownCount: number;
}

/**
 * What broke at a site, from what its machines tell afterwards; undefined when they do not tell (DESIGN.md section 7).
 * @param isRouterDown whether the router did not answer either: then the site was dark or cut off as a whole.
 */
export function settleCause(hosts: readonly HostEvidence[], isRouterDown: boolean): SettledCause | undefined {
  const rebooted = hosts.filter((host) => host.rebooted);
  const awake = hosts.filter((host) => !host.rebooted);
  if (rebooted.length > awake.length) return rebooted.length > 1 || isRouterDown ? 'power' : 'server';
  // One machine of several was started anew: that says what happened to it, not to the site.
  if (rebooted.length > 0 && !isRouterDown) return 'server';
  const isGatewayThere = awake.some(({ gatewayUpCount, gatewayDownCount }) => gatewayUpCount > gatewayDownCount);
  // Where the Pusat Data saw the router answer all the time, the WAN was there.
  if (isGatewayThere && isRouterDown) return 'wan';
  if (!isGatewayThere && awake.some(({ gatewayDownCount }) => gatewayDownCount > 0)) return 'lan';
  // Of a site whose router is silent too, a machine that was not running shows nothing.
  const hasSilent =
    awake.length > 0 && awake.every(({ reportCount, agentRestarted }) => reportCount === 0 || agentRestarted);
  return hasSilent && !isRouterDown ? 'agent' : undefined;
}

/** What a common outage was: when the machines of most sites went off it was the power, else the backbone. */
export function settleAreaCause(sites: readonly { rebooted: boolean }[]): SettledCause | undefined {
  if (sites.length === 0) return undefined;
  return sites.filter(({ rebooted }) => rebooted).length * 2 > sites.length ? 'power' : 'backbone';
}
