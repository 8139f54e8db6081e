import { readFileSync } from 'node:fs';
import { agentConfigFor, type AgentConfigRequest } from './config/agent-config.ts';
import type { PantauConfig } from './config/schema.ts';
import { routersFor } from './config/router-config.ts';
import { publicUrl } from './public-address.ts';
import type { RouterOptions } from './router-options.ts';

/** Read as a file, never imported: a shell script that the collector hands out ready filled in. */
const template = new URL('../agent/routers/pantau-router.sh', import.meta.url);
const firstLine = '# --- settings, filled in by the collector ---';
const lastLine = '# --- end of the settings ---';
const defaultSpoolMaxSizeBytes = 1024 * 1024;

export interface RouterScriptRequest {
  config: PantauConfig;
  /** The router's agent, as it was or will be enrolled. */
  agent: AgentConfigRequest['agent'];
  token: string;
  /** What the collector shows; undefined on plain HTTP. */
  certificatePem: string | undefined;
  options: RouterOptions;
}

interface Target {
  layer: string;
  name: string;
  host: string;
}

/**
 * The router agent with everything that it needs in its first lines, the secret token too. Each setting stays one line:
 * targets are parted by semicolons, the lines of the certificate by bars.
 */
export function routerScript(request: RouterScriptRequest): string {
  const { config, token, certificatePem, options } = request;
  const url = options.url ?? publicUrl(config, config.listen.port);
  const settings = {
    URL: url,
    TOKEN: token,
    INTERVAL_SECONDS: String(config.agents.intervalSeconds),
    BATCHES_PER_MINUTE: String(config.agents.drainBatchesPerMinute),
    TARGETS: targetsOf(request, new URL(url).hostname)
      .map(({ layer, name, host }) => `${layer} ${name} ${host}`)
      .join(';'),
    WAN_INTERFACES: wanInterfacesOf(request).join(' '),
    SPOOL: options.spoolFolder ?? '',
    SPOOL_MAX_BYTES: String(options.spoolMaxSizeBytes ?? defaultSpoolMaxSizeBytes),
    CERTIFICATE: url.startsWith('https:') ? (certificatePem ?? '').trim().replaceAll('\n', '|') : '',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${shellQuoted(value)}`);
  const text = readFileSync(template, 'utf8');
  const [from, until] = [text.indexOf(firstLine), text.indexOf(lastLine)];
  if (from === -1 || until < from) throw new Error('the router agent has no place for its settings');
  return [text.slice(0, from) + firstLine, ...lines, text.slice(until)].join('\n');
}

/** The collector, what was chosen for this router, and what every agent of its department pings. */
function targetsOf({ config, agent, options }: RouterScriptRequest, collectorHost: string): Target[] {
  const common = agentConfigFor({ config, agent }).probes.filter(({ kind, name }) => kind === 'icmp' && isWord(name));
  const targets = [
    { layer: 'wan', name: 'wan', host: bare(collectorHost) },
    ...options.lanTargets.map((host) => target('lan', host)),
    ...options.wanTargets.map((host) => target('wan', host)),
    ...common.map(({ layer, name, host }) => ({ layer, name, host: bare(host) })),
  ];
  return [...new Map(targets.map((target) => [target.name, target])).values()];
}

/** The interfaces whose traffic is the site's, when the configuration names this node as the router of its site. */
function wanInterfacesOf({ config, agent }: RouterScriptRequest): string[] {
  const own = routersFor(config, agent).find(({ reader }) => reader === 'self');
  return (own?.wanInterfaces ?? []).filter((name) => /^[^\s/*?[\]]{1,15}$/.test(name));
}

const longestName = 128;

function target(layer: 'lan' | 'wan', host: string): Target {
  return { layer, name: `${layer}/${bare(host)}`.slice(0, longestName), host: bare(host) };
}

/** Without the brackets that an IPv6 address has in a URL. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function isWord(text: string): boolean {
  return /^[A-Za-z0-9_./:-]+$/.test(text);
}

function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
