import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import { durationSeconds } from '../../shared/duration.ts';
import type { AgentIdentity } from './agent-config.ts';
import type { PantauConfig, SiteConfig } from './schema.ts';

/** Our defaults for reading routers. */
const usualTimeoutSeconds = 2;
const usualEverySeconds = 60;

type Reader = Pick<AgentIdentity, 'pd' | 'site' | 'node' | 'roles'>;

/**
 * The routers that an agent reads: the one that it runs on itself, and by SNMP those that name its node, and with the
 * role `vantage` those that name none. A router's secret stands in `snmp.json` on the machine of the agent; the
 * configuration only names it.
 */
export function routersFor(config: PantauConfig, agent: Reader): RouterConfig[] {
  return config.perangkatDaerah.flatMap((pd) =>
    pd.sites.flatMap((site) => [
      ...(isRouter(site, pd.id, agent) ? [selfConfig(site, pd.id, config)] : []),
      ...(isRead(site, pd.id, agent) ? [routerConfig(site, pd.id, config)] : []),
    ]),
  );
}

function isRead({ router }: SiteConfig, pd: string, agent: Reader): boolean {
  if (router?.snmp === undefined) return false;
  if (router.snmp.by === undefined) return agent.roles.includes('vantage');
  // A node of the department itself, or one at the Pusat Data.
  return router.snmp.by === agent.node && (agent.pd === pd || agent.roles.includes('vantage'));
}

function isRouter({ id, router }: SiteConfig, pd: string, agent: Reader): boolean {
  return router?.node === agent.node && agent.pd === pd && agent.site === id;
}

function selfConfig({ id: site, router }: SiteConfig, pd: string, config: PantauConfig): RouterConfig {
  return {
    pd,
    site,
    host: router?.address ?? '',
    reader: 'self',
    ...wanOf(router),
    timeoutSeconds: usualTimeoutSeconds,
    everySeconds: Math.max(usualEverySeconds, config.agents.intervalSeconds),
  };
}

function wanOf(router: SiteConfig['router']): Pick<RouterConfig, 'wanInterfaces'> {
  return router?.wanInterfaces === undefined ? {} : { wanInterfaces: [...router.wanInterfaces] };
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
    ...wanOf(router),
    timeoutSeconds: timeout === undefined ? usualTimeoutSeconds : durationSeconds(timeout),
    everySeconds:
      every === undefined ? Math.max(usualEverySeconds, config.agents.intervalSeconds) : durationSeconds(every),
  };
}
