import type { Judgement, LinkView, SiteRule } from '../rule.ts';

/**
 * The site can be reached through the WAN. Two things count: probes of its router from the Pusat Data, and the site's
 * own reports, which cannot arrive but through the WAN. A silent agent alone proves nothing: that is no evidence.
 */
export const wanReachable: SiteRule = {
  name: 'wan-reachable',
  docs: 'The router of the site answers from the Pusat Data, or reports of the site arrive.',
  subject: 'site',
  incidentKind: 'link',
  severity: 'critical',
  params: {},
  reasons: {
    'router-answers': {
      id: 'Router {target} menjawab dari Pusat Data.',
      en: 'The router {target} answers from the Pusat Data.',
    },
    'reports-arrive': {
      id: 'Laporan agen dari lokasi ini diterima di Pusat Data.',
      en: 'Reports of the agent at this site arrive at the Pusat Data.',
    },
    'is-vantage-point': {
      id: 'Pengukuran WAN dilakukan dari lokasi ini, sehingga jalur ke lokasi ini sendiri tidak dinilai.',
      en: 'The WAN is measured from this site, so the way to the site itself is not judged.',
    },
    'wan-down': {
      id: 'Router {target} tidak menjawab dari Pusat Data sejak {sinceAtMs} dan tidak ada laporan dari lokasi ini.',
      en: 'The router {target} has not answered from the Pusat Data since {sinceAtMs}, and no report arrives from the site.',
    },
    'no-fresh-measurement': {
      id: 'Tidak ada pengukuran terbaru: agen di lokasi ini tidak melapor.',
      en: 'There is no recent measurement: the agent at this site is silent.',
    },
    'not-monitored': {
      id: 'Lokasi ini belum dipantau: belum ada agen dan alamat router belum didaftarkan.',
      en: 'This site is not monitored: it has no agent and no router address is registered.',
    },
  },
  judge({ links, freshReport, isVantagePoint, agentCount }): Judgement {
    if (isVantagePoint)
      return { status: 'not-applicable', reasonCode: 'is-vantage-point', reasonArgs: {}, evidence: [] };
    const router = links.filter((link) => link.layer === 'wan' && link.fromPusatData);
    const answering = router.find((link) => link.state === 'up');
    if (answering !== undefined) {
      const reasonArgs = { target: answering.target };
      return { status: 'compliant', reasonCode: 'router-answers', reasonArgs, evidence: [answering.record] };
    }
    const silent = router.find((link) => link.state === 'down');
    if (freshReport !== undefined && (silent === undefined || freshReport.receivedAtMs > silent.sinceMs)) {
      return { status: 'compliant', reasonCode: 'reports-arrive', reasonArgs: {}, evidence: [freshReport.record] };
    }
    if (silent !== undefined) return wanDown(silent);
    const reasonCode = agentCount === 0 && router.length === 0 ? 'not-monitored' : 'no-fresh-measurement';
    return { status: 'no-evidence', reasonCode, reasonArgs: {}, evidence: [] };
  },
};

function wanDown(link: LinkView): Judgement {
  return {
    status: 'breached',
    // That three failed rounds make a link "down" is our number, but a router that does not answer is a plain fact.
    exceeded: 'violation',
    reasonCode: 'wan-down',
    sinceAtMs: link.sinceMs,
    reasonArgs: { target: link.target, sinceAtMs: link.sinceMs },
    evidence: [link.record],
  };
}
