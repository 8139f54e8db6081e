import { createHash } from 'node:crypto';
import type { ProbeConfig } from '../../../shared/agent-config-schema.ts';
import type { ReportProbe } from '../../../shared/report-schema.ts';
import { noise } from '../noise.ts';
import type { SpoolingAgent } from '../spooling-agent.ts';
import type { LengkapSite } from './departments.ts';
import type { Place, Places } from './places.ts';

export interface ProbeRound {
  agents: readonly SpoolingAgent[];
  places: Places;
  atMs: number;
  round: number;
  /** Whether the site has power and a link. */
  isAlive: (pd: string, site: string) => boolean;
}

type Target = Pick<ProbeConfig, 'name' | 'kind' | 'layer' | 'host'> & Partial<ProbeConfig>;
/** How many packets of a hundred come back, and in how many seconds. */
interface Line {
  answeredPercent: number;
  roundTripSeconds: number;
}

const dayMs = 86_400_000;
/** As many as one report carries. */
const mostProbes = 1000;

/** What a machine finds in one round: its gateway, the Pusat Data, and what it is told to look at. */
export function lengkapProbes(agent: SpoolingAgent, place: Place, round: ProbeRound): ReportProbe[] {
  const { site, trouble } = place;
  const { config } = agent.member;
  const own: Target[] = [
    { name: 'lan', kind: 'icmp', layer: 'lan', host: `${site.network}.1` },
    { name: 'wan', kind: 'icmp', layer: 'wan', host: '10.20.0.5' },
  ];
  const gateway = trouble === 'lan' ? 0 : 100;
  const seed = agent.member.agent.seed;
  const all = [...own, ...config.probes, ...serverTargets(agent, round)].slice(0, mostProbes);
  return all.map((target, index): ReportProbe => {
    const line =
      target.name === 'lan' ? { answeredPercent: gateway, roundTripSeconds: 0.0006 } : lineTo(target, place, round);
    const jitter = 0.8 + 0.4 * noise(seed, index, Math.floor(round.atMs / 1000));
    return resultOf(target, { ...line, roundTripSeconds: line.roundTripSeconds * jitter }, round.atMs);
  });
}

/** The servers behind the routers, as the configuration of the vantage names them once it knows their addresses. */
function serverTargets(agent: SpoolingAgent, { agents, places }: ProbeRound): Target[] {
  const { config } = agent.member;
  if (!config.roles.includes('vantage')) return [];
  const named = new Set(config.probes.map(({ name }) => name));
  return agents.flatMap((other) => {
    const { pd, site, node } = other.member.config;
    const place = places.of(other);
    const name = `server/${pd}/${site}/${node}`;
    const isBehind = place !== undefined && place.site.hasRouter && (pd !== config.pd || site !== config.site);
    return isBehind && !named.has(name)
      ? [{ name, kind: 'icmp', layer: 'lan' as const, pd, site, node, host: place.address }]
      : [];
  });
}

const secondsOf = { fiber: 0.004, radio: 0.016, cellular: 0.07, satellite: 0.61 } as const;

function lineTo({ layer, pd, site }: Target, place: Place, round: ProbeRound): Line {
  const isOfOther = pd !== undefined && site !== undefined;
  const asked = isOfOther ? round.places.site(pd, site) : place.site;
  const base = secondsOf[asked?.medium ?? 'fiber'];
  if (isOfOther) return { answeredPercent: answeredOf(asked, pd, round), roundTripSeconds: base };
  const isDead = layer === place.department.deadLayer;
  const beyond = layer === 'internet' || layer === 'jip' ? 0.025 : 0;
  return { answeredPercent: isDead ? 0 : 100, roundTripSeconds: base + beyond };
}

/** Three rounds silent, three rounds well: such a line is down, up, and soon called unstable. */
const unstableTurn = 6;

function answeredOf(site: LengkapSite | undefined, pd: string, { round, isAlive }: ProbeRound): number {
  if (site === undefined) return 100;
  if (!isAlive(pd, site.id)) return 0;
  if (site.trouble === 'unstable') return round % unstableTurn < unstableTurn / 2 ? 0 : 100;
  return site.trouble === 'lossy' ? 60 : 100;
}

function resultOf(target: Target, line: Line, atMs: number): ReportProbe {
  const { name, kind, layer, pd, site, node, host, packetCount: sentCount = 5 } = target;
  const receivedCount = Math.round((sentCount * line.answeredPercent) / 100);
  const isUp = receivedCount > 0;
  const roundTripSeconds = Math.round(line.roundTripSeconds * 1e6) / 1e6;
  return {
    name,
    kind,
    layer,
    ...(pd === undefined ? {} : { pd }),
    ...(site === undefined ? {} : { site }),
    ...(node === undefined ? {} : { node }),
    target: host,
    state: isUp ? 'up' : 'down',
    ...(isUp ? {} : { reason: 'no-answer' }),
    sentCount,
    receivedCount,
    ...(isUp ? { roundTripSeconds, ...detailsOf(target, roundTripSeconds, atMs) } : {}),
  };
}

/** So many days the certificate of a server lasts; below zero it has ended. */
const certificateDays: Readonly<Record<string, number>> = {
  'spl.lebongkab.example': 240,
  'www.lebongkab.example': 12,
  'surel.lebongkab.example': -2,
  'srikandi.layanan.example': 320,
};

function detailsOf({ kind, host, tls }: Target, roundTripSeconds: number, atMs: number): Partial<ReportProbe> {
  const part = (share: number) => Math.round(roundTripSeconds * share * 1e6) / 1e6;
  if (kind === 'dns') return { answers: ['10.20.0.80'] };
  if (kind === 'path') return { hops: [{ address: '10.20.0.1', roundTripSeconds: part(0.5) }, { address: host }] };
  if (kind !== 'tls' && kind !== 'http') return {};
  const shown = kind === 'tls' || tls === true ? { certificate: certificateOf(host, atMs) } : {};
  if (kind === 'tls') return { phases: { connectSeconds: part(0.4), tlsSeconds: part(0.6) }, ...shown };
  const phases = {
    resolveSeconds: part(0.1),
    connectSeconds: part(0.2),
    tlsSeconds: part(0.3),
    waitSeconds: part(0.4),
  };
  return { httpStatus: 200, phases, ...shown };
}

function certificateOf(host: string, atMs: number): NonNullable<ReportProbe['certificate']> {
  const days = certificateDays[host] ?? 90;
  // It ends at a midnight: each round sees the same certificate.
  const endsAtMs = (Math.floor(atMs / dayMs) + days) * dayMs;
  return {
    notAfter: new Date(endsAtMs).toISOString(),
    subject: host,
    issuer: 'Otoritas Sertifikat Digital (simulasi)',
    fingerprint: createHash('sha256').update(host).digest('hex'),
    trust: days < 0 ? 'expired' : 'trusted',
  };
}
