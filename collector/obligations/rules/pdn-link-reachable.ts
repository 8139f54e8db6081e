import type { SiteRule } from '../rule.ts';
import { endpointHeadlines, endpointReasons, judgeEndpoint } from './network/endpoint.ts';

const name = { id: 'Pusat Data Nasional', en: 'the national data centre' };

/** The link between the Pusat Data of the Pemda and the national one works, where there is one. */
export const pdnLinkReachable: SiteRule = {
  name: 'pdn-link-reachable',
  docs: 'An endpoint in the national data centre (probeTargets with layer pdn) answers from the Pemda.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'warning',
  params: {},
  evidence: {
    id: 'Pemeriksaan alamat di Pusat Data Nasional (probeTargets dengan layer: pdn) oleh agen di Pusat Data atau di lokasi.',
    en: 'Probes of an address in the national data centre (probeTargets with layer: pdn) by an agent at the Pusat Data or at the site.',
  },
  headlines: endpointHeadlines(name),
  reasons: endpointReasons(name),
  judge: (facts, _params, nowMs) => judgeEndpoint('pdn', facts, nowMs),
};
