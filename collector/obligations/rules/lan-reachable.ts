import { type Fault, isOnRouter, locateFault } from '../network/locate-fault.ts';
import type { Judgement, SiteRule, SiteSubjectFacts } from '../rule.ts';
import { behindJudgement, behindReasons } from './network/behind.ts';

/** Breaches that stand until what was silent has answered for a while. */
const outages = ['lan-segment-down', 'lan-or-server-down', 'lan-hosts-down'] as const;

/**
 * The LAN of the site works: the machines there reach their gateway, and they answer or report through it. When nothing
 * behind a working router answers any more, the LAN and the machines cannot be told apart from outside.
 */
export const lanReachable: SiteRule = {
  name: 'lan-reachable',
  docs: 'The machines of the site reach their gateway, and not all of them are silent behind a router that answers.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'critical',
  params: {},
  evidence: {
    id: 'Jawaban gerbang atau server di dalam LAN atas pemeriksaan agen, atau laporan agen di lokasi itu.',
    en: "An answer of the gateway or of a server in the LAN to an agent's probe, or reports of an agent at the site.",
  },
  headlines: {
    'lan-segment-down': {
      id: 'LAN bermasalah: gerbang tidak menjawab',
      en: 'The LAN is at fault: its gateway is silent',
    },
    'lan-or-server-down': { id: 'LAN terputus atau server mati', en: 'The LAN is cut, or the servers are off' },
    'lan-hosts-down': { id: 'LAN terputus atau perangkatnya mati', en: 'The LAN is cut, or its machines are off' },
  },
  reasons: {
    'gateway-answers': {
      id: 'Gerbang LAN {target} menjawab perangkat di lokasi ini.',
      en: 'The LAN gateway {target} answers the machines at this site.',
    },
    'server-answers': {
      id: 'Server {target} di LAN lokasi ini menjawab dari Pusat Data.',
      en: 'The server {target} in the LAN of this site answers from the Pusat Data.',
    },
    'host-answers': {
      id: 'Perangkat {target} di LAN lokasi ini menjawab router lokasi ini.',
      en: 'The machine {target} in the LAN of this site answers the router of the site.',
    },
    'reports-arrive': {
      id: 'Laporan dari perangkat di LAN lokasi ini diterima di Pusat Data.',
      en: 'Reports of machines in the LAN of this site arrive at the Pusat Data.',
    },
    'lan-segment-down': {
      id: 'Gerbang LAN tidak menjawab {nodes} sejak {sinceAtMs}, sedangkan laporannya tetap tiba di Pusat Data: segmen LAN bermasalah.',
      en: 'The LAN gateway has not answered {nodes} since {sinceAtMs}, while its reports still arrive at the Pusat Data: a segment of the LAN is at fault.',
    },
    'lan-or-server-down': {
      id: 'Router lokasi ini menjawab, tetapi tidak satu pun perangkat di belakangnya ({nodes}) menjawab atau melapor sejak {sinceAtMs}: LAN terputus atau server mati.',
      en: 'The router of this site answers, but none of the machines behind it ({nodes}) has answered or reported since {sinceAtMs}: the LAN is cut or the server is off.',
    },
    'lan-hosts-down': {
      id: 'Tidak satu pun perangkat LAN yang diperiksa dari router lokasi ini ({nodes}) menjawab sejak {sinceAtMs}, padahal router dapat dijangkau: LAN terputus atau perangkatnya mati.',
      en: 'None of the LAN machines that the router of this site looks at ({nodes}) has answered it since {sinceAtMs}, although the router can be reached: the LAN is cut or the machines are off.',
    },
    ...behindReasons,
    'no-fresh-measurement': {
      id: 'Tidak ada pengukuran terbaru dari dalam LAN lokasi ini.',
      en: 'There is no recent measurement from inside the LAN of this site.',
    },
    'not-monitored': {
      id: 'LAN lokasi ini belum dipantau: belum ada agen di lokasi ini.',
      en: 'The LAN of this site is not monitored: it has no agent.',
    },
  },
  judge(facts, _params, nowMs): Judgement {
    const fault = locateFault(facts, nowMs);
    const judgement = judged(facts, fault);
    return fault.recheckAtMs === undefined ? judgement : { ...judgement, recheckAtMs: fault.recheckAtMs };
  },
};

function judged(facts: SiteSubjectFacts, fault: Fault): Judgement {
  if (facts.agentCount === 0) {
    return { status: 'no-evidence', reasonCode: 'not-monitored', reasonArgs: {}, evidence: [], endsBreach: true };
  }
  const behind = behindJudgement(fault);
  if (behind !== undefined) return behind;
  const { place, sinceMs, nodes, evidence } = fault;
  const isLan = place === 'lan-segment' || place === 'lan-or-server' || place === 'lan-hosts';
  if (isLan && sinceMs !== undefined) {
    return {
      status: 'breached',
      exceeded: 'violation',
      reasonCode: `${place}-down`,
      sinceAtMs: sinceMs,
      reasonArgs: { nodes: nodes.join(', '), sinceAtMs: sinceMs },
      evidence,
    };
  }
  return working(facts) ?? { status: 'no-evidence', reasonCode: 'no-fresh-measurement', reasonArgs: {}, evidence: [] };
}

/** What shows that the LAN works; undefined when nothing does. */
function working(facts: SiteSubjectFacts): Judgement | undefined {
  const { links, agents, isVantagePoint } = facts;
  const near = first(
    links.filter(({ layer, fromPusatData, state }) => layer === 'lan' && !fromPusatData && state === 'up'),
  );
  if (near !== undefined) {
    return compliant(isOnRouter(facts, near.prober) ? 'host-answers' : 'gateway-answers', near.target, near);
  }
  const isBehind = ({ node }: SiteSubjectFacts['links'][number]) => node !== undefined && !isOnRouter(facts, node);
  const server = first(links.filter((link) => link.fromPusatData && link.state === 'up' && isBehind(link)));
  if (server !== undefined) return compliant('server-answers', server.target, server);
  // A router's own report says nothing of the LAN behind it, and one at the Pusat Data has no way to go.
  const heard = agents.find(({ isFresh, isRouter, arrivesFrom }) => isFresh && !isRouter && arrivesFrom !== 'outside');
  if (heard === undefined || isVantagePoint) return undefined;
  return { status: 'compliant', reasonCode: 'reports-arrive', reasonArgs: {}, evidence: [heard.record] };
}

/** Of several that show the same always the same one is named. */
function first(links: SiteSubjectFacts['links']): SiteSubjectFacts['links'][number] | undefined {
  const nameOf = ({ target, prober, record }: SiteSubjectFacts['links'][number]) =>
    `${target} ${prober} ${record.session} ${record.seq}`;
  return links.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))[0];
}

function compliant(reasonCode: string, target: string, link: SiteSubjectFacts['links'][number]): Judgement {
  const judgement: Judgement = { status: 'compliant', reasonCode, reasonArgs: { target }, evidence: [link.record] };
  if (link.isSettled) return judgement;
  return { ...judgement, keepsBreachFor: outages, returned: { atMs: link.sinceMs, from: outages } };
}
