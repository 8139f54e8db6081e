import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import { durationSeconds } from '../../shared/duration.ts';
import type { AgentIdentity } from './agent-config.ts';
import type { PantauConfig, SiteConfig } from './schema.ts';

/** Our defaults for reading routers. */
const usualTimeoutSeconds = 2;
const usualEverySeconds = 60;

type Reader = Pick<AgentIdentity, 'pd' | 'site' | 'node' | 'roles'>;

/**
 * The routers that an agent reads by SNMP: those that name its node, and with the role `vantage` those that name none. A
 * router's secret stands in `snmp.json` on the machine of the agent; the configuration only names it.
 */
export function routersFor(config: PantauConfig, agent: Reader): RouterConfig[] {
  return config.perangkatDaerah.flatMap((pd) =>
    pd.sites.flatMap((site) => (isRead(site, pd.id, agent) ? [routerConfig(site, pd.id, config)] : [])),
  );
}

function isRead({ router }: SiteConfig, pd: string, agent: Reader): boolean {
  if (router?.snmp === undefined) return false;
  if (router.snmp.by === undefined) return agent.roles.includes('vantage');
  // A node of the department itself, or one at the Pusat Data.
  return router.snmp.by === agent.node && (agent.pd === pd || agent.roles.includes('vantage'));
}

function routerConfig({ id: site, router }: SiteConfig, pd: string, config: PantauConfig): RouterConfig {
  const { credential = '', port, timeout, every } = router?.snmp ?? {};
  return {
    pd,
    site,
    host: router?.address ?? '',
    ...(port === undefined ? {} : { port }),
    reader: 'snmp',
    credential,
    ...(router?.wanInterfaces === undefined ? {} : { wanInterfaces: [...router.wanInterfaces] }),
    timeoutSeconds: timeout === undefined ? usualTimeoutSeconds : durationSeconds(timeout),
    everySeconds:
      every === undefined ? Math.max(usualEverySeconds, config.agents.intervalSeconds) : durationSeconds(every),
  };
}
