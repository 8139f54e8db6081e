import { type Fault, locateFault } from '../network/locate-fault.ts';
import type { ServerState } from '../network/server-states.ts';
import type { Judgement, Params, SiteRule, SiteSubjectFacts } from '../rule.ts';
import { behindJudgement, behindReasons } from './network/behind.ts';

/**
 * The machines of the site run. One that is silent while others at its site live is off; when all of them are, it is a
 * matter of the LAN (`lan-reachable`). A machine that answers while its agent is silent is only a note: the server runs,
 * but nobody hears of it.
 */
export const serverUp: SiteRule = {
  name: 'server-up',
  docs: 'Every machine with an agent at the site reports, or at least answers from the Pusat Data.',
  subject: 'site',
  incidentKind: 'service',
  severity: 'critical',
  params: {
    silentSeconds: {
      default: 900,
      docs: 'an agent that is silent for so long behind a WAN that works is told of, although its machine is hidden',
    },
  },
  evidence: {
    id: 'Laporan agen pada server itu, atau jawabannya atas pemeriksaan dari Pusat Data.',
    en: 'Reports of the agent on the server, or its answer to a probe from the Pusat Data.',
  },
  headlines: {
    'server-down': { id: 'Server tidak menjawab', en: 'A server does not answer' },
    'agent-stopped': { id: 'Agen berhenti, server hidup', en: 'An agent has stopped, its server runs' },
    'router-agent-stopped': { id: 'Agen di router berhenti', en: 'The agent on the router has stopped' },
    'agent-silent': { id: 'Agen tidak melapor', en: 'An agent is silent' },
    'unheard-at-pusat-data': { id: 'Agen di Pusat Data tidak melapor', en: 'An agent at the Pusat Data is silent' },
  },
  reasons: {
    'all-report': {
      id: 'Semua server yang beragen di lokasi ini melapor.',
      en: 'All servers with an agent at this site report.',
    },
    'server-down': {
      id: 'Server {nodes} tidak menjawab dari Pusat Data dan agennya tidak melapor sejak {sinceAtMs}, sedangkan perangkat lain di lokasi ini hidup.',
      en: 'The server {nodes} has not answered from the Pusat Data, nor its agent reported, since {sinceAtMs}, while other machines at this site live.',
    },
    'agent-stopped': {
      id: 'Server {nodes} menjawab dari Pusat Data, tetapi agennya tidak melapor sejak {sinceAtMs}: servernya hidup, agennya berhenti.',
      en: 'The server {nodes} answers from the Pusat Data, but its agent has not reported since {sinceAtMs}: the server runs, its agent has stopped.',
    },
    'router-agent-stopped': {
      id: 'Router {nodes} berfungsi, tetapi agen di dalamnya tidak melapor sejak {sinceAtMs}.',
      en: 'The router {nodes} works, but the agent on it has not reported since {sinceAtMs}.',
    },
    'agent-silent': {
      id: 'Agen di {nodes} tidak melapor sejak {sinceAtMs}, padahal WAN lokasi ini berfungsi. Dari Pusat Data tidak dapat dibedakan apakah LAN, server, atau agennya yang bermasalah (lama diam sebelum diberitahukan adalah bawaan aplikasi).',
      en: 'The agent on {nodes} has not reported since {sinceAtMs}, although the WAN of this site works. Whether the LAN, the server or the agent is at fault cannot be told from the Pusat Data (how long it may be silent is a default of the application).',
    },
    'unheard-at-pusat-data': {
      id: 'Agen di {nodes} di Pusat Data tidak melapor sejak {sinceAtMs}: agennya berhenti, mesinnya mati, atau jaringan setempat terputus. Yang diukurnya tidak diketahui.',
      en: 'The agent on {nodes} at the Pusat Data has not reported since {sinceAtMs}: it has stopped, its machine is off, or the local network is cut. Whatever it measures is not known.',
    },
    ...behindReasons,
    'behind-lan': {
      id: 'Belum dapat dinilai: seluruh LAN lokasi ini tidak menjawab sejak {sinceAtMs}.',
      en: 'Cannot be judged: the whole LAN of this site has been silent since {sinceAtMs}.',
    },
    'first-report-awaited': {
      id: 'Agen di {nodes} sudah didaftarkan; laporan pertamanya ditunggu.',
      en: 'The agent on {nodes} is enrolled; its first report is awaited.',
    },
    'silent-undetermined': {
      id: 'Agen di {nodes} tidak melapor, dan dari Pusat Data tidak dapat dipastikan apakah servernya hidup.',
      en: 'The agent on {nodes} is silent, and it cannot be told from the Pusat Data whether the server runs.',
    },
    'no-server': {
      id: 'Belum ada server dengan agen di lokasi ini.',
      en: 'No server at this site has an agent yet.',
    },
  },
  /** Who was told that an agent has stopped was not told that a server is off. */
  faults: [
    ['server-down', 'unheard-at-pusat-data'],
    ['agent-stopped', 'router-agent-stopped', 'agent-silent'],
  ],
  judge(facts, params, nowMs): Judgement {
    const fault = locateFault(facts, nowMs);
    const judgement = judged(facts, fault, { nowMs, silentMs: silentMsOf(params) });
    const recheckAtMs = Math.min(fault.recheckAtMs ?? Infinity, judgement.recheckAtMs ?? Infinity);
    return recheckAtMs === Infinity ? judgement : { ...judgement, recheckAtMs };
  },
};

const withoutServer: Judgement = {
  status: 'no-evidence',
  reasonCode: 'no-server',
  reasonArgs: {},
  evidence: [],
  endsBreach: true,
};

interface Patience {
  nowMs: number;
  silentMs: number;
}

function silentMsOf({ silentSeconds }: Params): number {
  return (typeof silentSeconds === 'number' && silentSeconds > 0 ? silentSeconds : 900) * 1000;
}

function judged(facts: SiteSubjectFacts, fault: Fault, patience: Patience): Judgement {
  if (facts.agentCount === 0) return withoutServer;
  const behind = behindJudgement(fault);
  if (behind !== undefined) return behind;
  const { place, sinceMs, evidence, servers } = fault;
  if (place === 'lan-or-server' && sinceMs !== undefined) {
    return { status: 'no-evidence', reasonCode: 'behind-lan', reasonArgs: { sinceAtMs: sinceMs }, evidence };
  }
  const dead = servers.filter(({ state }) => state === 'dead');
  if (dead.length > 0) return { ...breached('server-down', dead), exceeded: 'violation' };
  const unheard = servers.filter(({ state }) => state === 'unheard');
  if (unheard.length > 0) return { ...breached('unheard-at-pusat-data', unheard), exceeded: 'indication' };
  const stopped = stoppedAgents(servers);
  if (stopped !== undefined) return stopped;
  const silent = servers.filter(({ state }) => state === 'undetermined');
  const isHeard = ({ node }: ServerState) =>
    facts.agents.some((agent) => agent.node === node && agent.lastHeardAtMs !== undefined);
  if (silent.length > 0 && !silent.some(isHeard)) return awaited(silent);
  if (silent.length > 0) return silentAgents(silent, fault.wan, patience);
  if (servers.every(({ isRouter }) => isRouter)) return withoutServer;
  return { status: 'compliant', reasonCode: 'all-report', reasonArgs: {}, evidence: recordsOf(servers) };
}

/** Of one that was never heard nothing can have ceased. */
function awaited(servers: readonly ServerState[]): Judgement {
  const reasonArgs = { nodes: namesOf(servers) };
  return { status: 'no-evidence', reasonCode: 'first-report-awaited', reasonArgs, evidence: [] };
}

/** What is at fault is not known, but once it lasts somebody must look; not where the WAN itself is not proven. */
function silentAgents(silent: readonly ServerState[], wan: Fault['wan'], { nowMs, silentMs }: Patience): Judgement {
  const reasonArgs = { nodes: namesOf(silent) };
  const unknown: Judgement = { status: 'no-evidence', reasonCode: 'silent-undetermined', reasonArgs, evidence: [] };
  const countsFromMs = wan.state === 'up' ? wan.upSinceMs : Infinity;
  // One that is waited for anyway is looked at when that is over.
  const tellAtMs = ({ sinceMs = Infinity, recheckAtMs }: ServerState) =>
    recheckAtMs === undefined ? Math.max(countsFromMs, sinceMs) + silentMs : Infinity;
  const lasting = silent.filter((server) => tellAtMs(server) <= nowMs);
  if (lasting.length > 0) {
    return { ...breached('agent-silent', lasting), exceeded: 'note', severity: 'warning', owner: 'joint' };
  }
  const next = Math.min(...silent.map(tellAtMs));
  return next === Infinity ? unknown : { ...unknown, recheckAtMs: next };
}

/** Nothing is wrong with a machine that answers; a router is Diskominfo's, whoever runs the servers behind it. */
function stoppedAgents(servers: readonly ServerState[]): Judgement | undefined {
  const stopped = servers.filter(({ state }) => state === 'stopped');
  const note = { exceeded: 'note', severity: 'warning' } as const;
  const behind = stopped.filter(({ isRouter }) => !isRouter);
  if (behind.length > 0) return { ...breached('agent-stopped', behind), ...note };
  if (stopped.length === 0) return undefined;
  return { ...breached('router-agent-stopped', stopped), ...note, owner: 'diskominfo' };
}

function breached(reasonCode: string, servers: readonly ServerState[]): Judgement {
  const sinceAtMs = Math.min(...servers.map(({ sinceMs }) => sinceMs ?? Infinity));
  return {
    status: 'breached',
    reasonCode,
    sinceAtMs,
    reasonArgs: { nodes: namesOf(servers), sinceAtMs },
    evidence: recordsOf(servers),
  };
}

/** So many are named in a sentence; the rest is counted. */
const namedCount = 5;

function namesOf(servers: readonly ServerState[]): string {
  const names = servers
    .map(({ node }) => node)
    .toSorted()
    .slice(0, namedCount);
  return servers.length > namedCount ? `${names.join(', ')} (+${servers.length - namedCount})` : names.join(', ');
}

function recordsOf(servers: readonly ServerState[]): Judgement['evidence'] {
  return servers.flatMap(({ evidence }) => evidence).slice(0, 16);
}
