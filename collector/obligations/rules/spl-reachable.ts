import type { SiteRule } from '../rule.ts';
import { endpointHeadlines, endpointReasons, judgeEndpoint } from './network/endpoint.ts';

const name = { id: 'Sistem Penghubung Layanan', en: 'the Sistem Penghubung Layanan' };

/** The Sistem Penghubung Layanan can be reached from the site. That it is used for every exchange is not seen. */
export const splReachable: SiteRule = {
  name: 'spl-reachable',
  docs: 'An endpoint of the Sistem Penghubung Layanan (probeTargets with layer spl) answers the machines of the site.',
  subject: 'site',
  incidentKind: 'service',
  severity: 'warning',
  params: {},
  evidence: {
    id: 'Pemeriksaan agen terhadap sasaran pada lapis spl (probeTargets) yang menjawab.',
    en: "An answer to an agent's probe of a target on the layer spl (probeTargets).",
  },
  headlines: endpointHeadlines(name),
  reasons: endpointReasons(name),
  judge: (facts, _params, nowMs) => judgeEndpoint('spl', facts, nowMs),
};
