import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { durationSeconds } from '../../shared/duration.ts';
import type { ProbeTargetConfig } from './network-schema.ts';
import type { AgentIdentity } from './agent-config.ts';
import type { PantauConfig } from './schema.ts';
import type { ServerAddress } from './server-addresses.ts';
import { websitesOf } from './websites-of.ts';

/** As many as the configuration of one agent may hold (shared/agent-config-schema.ts). */
export const maxProbeCount = 1000;

/** Our defaults for each kind: one question to a server is enough, a packet may get lost. */
const usual: Record<string, { packetCount: number; timeoutSeconds: number; everySeconds?: number }> = {
  icmp: { packetCount: 5, timeoutSeconds: 2 },
  tcp: { packetCount: 3, timeoutSeconds: 2 },
  dns: { packetCount: 1, timeoutSeconds: 3 },
  http: { packetCount: 1, timeoutSeconds: 10 },
  tls: { packetCount: 1, timeoutSeconds: 10 },
  path: { packetCount: 1, timeoutSeconds: 2, everySeconds: 900 },
};
const unusual = { packetCount: 1, timeoutSeconds: 5, everySeconds: undefined };

type Prober = Pick<AgentIdentity, 'pd' | 'site' | 'roles'>;

/**
 * What an agent probes beside its gateway and the collector: the targets that the Pemda names, and with the role
 * `vantage` the router of every site, the websites, and the servers behind the routers, as many as one configuration holds.
 */
export function probesFor(
  config: PantauConfig,
  agent: Prober,
  servers: readonly ServerAddress[],
  mostCount = maxProbeCount,
): ProbeConfig[] {
  const isVantage = agent.roles.includes('vantage');
  const all = [
    ...(isVantage ? routerProbes(config) : []),
    ...targetsFor(config, agent).map(targetProbe),
    ...(isVantage ? websiteProbes(config) : []),
    ...(isVantage ? serverProbes(agent, servers) : []),
  ];
  return all.slice(0, mostCount);
}

/** The named targets that an agent probes. */
export function targetsFor(
  { probeTargets }: PantauConfig,
  { pd, roles }: Pick<Prober, 'pd' | 'roles'>,
): ProbeTargetConfig[] {
  const place = roles.includes('vantage') ? 'vantage' : 'sites';
  return probeTargets.filter(
    (target) => (target.from === 'both' || target.from === place) && (target.pd?.includes(pd) ?? true),
  );
}

function targetProbe(target: ProbeTargetConfig): ProbeConfig {
  const { id, kind, layer, host, from: _from, pd: _pd, every, timeout, ...settings } = target;
  const { packetCount, timeoutSeconds, everySeconds } = usual[kind] ?? unusual;
  const rhythmSeconds = every === undefined ? everySeconds : durationSeconds(every);
  return {
    name: `${layer}/${id}`,
    kind,
    layer,
    host,
    ...settings,
    packetCount,
    timeoutSeconds: timeout === undefined ? timeoutSeconds : durationSeconds(timeout),
    ...(rhythmSeconds === undefined ? {} : { everySeconds: rhythmSeconds }),
  };
}

const ping = { kind: 'icmp', packetCount: 5, timeoutSeconds: 2 };

function routerProbes(config: PantauConfig): ProbeConfig[] {
  return config.perangkatDaerah.flatMap((pd) =>
    pd.sites.flatMap((site) =>
      site.router === undefined
        ? []
        : [
            {
              name: `wan/${pd.id}/${site.id}`,
              layer: 'wan' as const,
              pd: pd.id,
              site: site.id,
              host: site.router.address,
              ...ping,
            },
          ],
    ),
  );
}

/** Ours: a page is asked for so often. */
const websiteEverySeconds = 300;

/** A website stands at no site of its department: its host is named in the place of one. */
function websiteProbes(config: PantauConfig): ProbeConfig[] {
  return config.perangkatDaerah.flatMap((pd) =>
    websitesOf(pd).map(({ host, place, port, path, tls }) => ({
      name: `website/${pd.id}/${place}`.slice(0, 128),
      kind: 'http',
      layer: 'website' as const,
      pd: pd.id,
      site: place,
      host,
      ...(port === undefined ? {} : { port }),
      path,
      tls,
      packetCount: 1,
      timeoutSeconds: 10,
      everySeconds: websiteEverySeconds,
    })),
  );
}

/** A machine at the Pusat Data itself lies behind no router. */
function serverProbes(own: Prober, servers: readonly ServerAddress[]): ProbeConfig[] {
  return servers
    .filter(({ pd, site }) => pd !== own.pd || site !== own.site)
    .map(({ pd, site, node, address }) => ({
      name: `server/${pd}/${site}/${node}`.slice(0, 128),
      layer: 'lan' as const,
      pd,
      site,
      node,
      host: address,
      ...ping,
    }));
}
