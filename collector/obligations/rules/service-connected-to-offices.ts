import { wanStateOf, type WanState } from '../network/wan-state.ts';
import type { Judgement, SiteRule, SiteSubjectFacts } from '../rule.ts';
import { judgeEndpoint } from './network/endpoint.ts';

const cutOff = 'office-cut-off';

/**
 * The office is connected with the services of the Pemda: the way to the Pusat Data works, and so does the endpoint of
 * the services where one is registered. A way that is down is told by `wan-reachable`.
 */
export const serviceConnectedToOffices: SiteRule = {
  name: 'service-connected-to-offices',
  docs: 'The site reaches the Pusat Data, and the endpoint of services (probeTargets with layer spl) where there is one.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'warning',
  params: {},
  toldBy: {
    'wan-reachable': ['wan-down'],
    'spl-reachable': ['endpoint-down'],
  },
  evidence: {
    id: 'Pemeriksaan router lokasi dari Pusat Data atau laporan agen di lokasi, dan pemeriksaan alamat layanan (probeTargets dengan layer: spl) dari lokasi.',
    en: 'Probes of the router of the site from the Pusat Data or reports of its agents, and probes of the address of services (probeTargets with layer: spl) from the site.',
  },
  headlines: {
    'office-cut-off': { id: 'Lokasi terputus dari layanan', en: 'The site is cut off from the services' },
    'service-out-of-reach': { id: 'Layanan tidak terjangkau dari lokasi', en: 'The services are out of reach' },
  },
  reasons: {
    connected: {
      id: 'Lokasi ini tersambung dengan Pusat Data.',
      en: 'This site is connected with the Pusat Data.',
    },
    'connected-to-service': {
      id: 'Lokasi ini tersambung dengan Pusat Data dan menjangkau layanan di {target}.',
      en: 'This site is connected with the Pusat Data, and reaches the services at {target}.',
    },
    'office-cut-off': {
      id: 'Lokasi ini terputus dari Pusat Data, tempat layanan berada, sejak {sinceAtMs}.',
      en: 'This site has been cut off from the Pusat Data, where the services are, since {sinceAtMs}.',
    },
    'service-out-of-reach': {
      id: 'Layanan di {target} tidak terjangkau dari lokasi ini sejak {sinceAtMs}, sedangkan dari Pusat Data terjangkau.',
      en: 'The services at {target} are out of reach of this site since {sinceAtMs}, while the Pusat Data reaches them.',
    },
    'not-measured': {
      id: 'Sambungan lokasi ini tidak diketahui: tidak ada router yang diperiksa dari Pusat Data dan tidak ada agen di lokasi yang melapor.',
      en: 'The connection of this site is not known: no router is probed from the Pusat Data, and no agent at the site reports.',
    },
    'is-vantage-point': {
      id: 'Lokasi ini adalah tempat Pusat Data, tempat layanan berada.',
      en: 'This site is where the Pusat Data is, and with it the services.',
    },
  },
  judge(facts, _params, nowMs): Judgement {
    if (facts.isVantagePoint) return plain('not-applicable', 'is-vantage-point');
    const wan = wanStateOf(facts);
    if (wan.state === 'unknown') return { ...plain('no-evidence', 'not-measured'), keepsBreachFor: [cutOff] };
    if (wan.state === 'up') return { ...(serviceOf(facts, nowMs) ?? connected(wan.evidence)), ...untilSettled(wan) };
    const { sinceMs, evidence } = wan;
    const reasonArgs = { sinceAtMs: sinceMs };
    const said = { reasonCode: cutOff, reasonArgs, sinceAtMs: sinceMs, evidence };
    return { status: 'breached', exceeded: 'violation', ...said };
  },
};

function plain(status: Judgement['status'], reasonCode: string): Judgement {
  return { status, reasonCode, reasonArgs: {}, evidence: [] };
}

function connected(evidence: Judgement['evidence']): Judgement {
  return { status: 'compliant', reasonCode: 'connected', reasonArgs: {}, evidence };
}

/** An outage is not called over with the first answer. */
function untilSettled({ isSettled, upSinceMs }: WanState & { state: 'up' }): Partial<Judgement> {
  return isSettled ? {} : { keepsBreachFor: [cutOff], returned: { atMs: upSinceMs, from: [cutOff] } };
}

/** What the endpoint of the services says; undefined where there is none, or nothing can be said of it. */
function serviceOf(facts: SiteSubjectFacts, nowMs: number): Judgement | undefined {
  const judgement = judgeEndpoint('spl', facts, nowMs);
  if (judgement.status === 'breached') return { ...judgement, reasonCode: 'service-out-of-reach' };
  if (judgement.status !== 'compliant') return undefined;
  const { reasonArgs, evidence } = judgement;
  return { status: 'compliant', reasonCode: 'connected-to-service', reasonArgs, evidence };
}
