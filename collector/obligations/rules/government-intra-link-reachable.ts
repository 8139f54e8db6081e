import type { SiteRule } from '../rule.ts';
import { endpointHeadlines, endpointReasons, judgeEndpoint } from './network/endpoint.ts';

const name = { id: 'Jaringan Intra Pemerintah', en: 'the Jaringan Intra Pemerintah' };

/** The link between the Jaringan Intra of the Pemda and that of the government works, where there is one. */
export const governmentIntraLinkReachable: SiteRule = {
  name: 'government-intra-link-reachable',
  docs: 'An endpoint in the Jaringan Intra Pemerintah (probeTargets with layer jip) answers from the Pemda.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'warning',
  params: {},
  evidence: {
    id: 'Pemeriksaan agen terhadap sasaran pada lapis jip (probeTargets) yang menjawab.',
    en: "An answer to an agent's probe of a target on the layer jip (probeTargets).",
  },
  headlines: endpointHeadlines(name),
  reasons: endpointReasons(name),
  judge: (facts, _params, nowMs) => judgeEndpoint('jip', facts, nowMs),
};
