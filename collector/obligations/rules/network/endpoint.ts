import type { Layer } from '../../../../shared/states.ts';
import { locateFault } from '../../network/locate-fault.ts';
import type { Judgement, LinkView, ReasonText, SiteSubjectFacts } from '../../rule.ts';
import { behindJudgement, behindReasons } from './behind.ts';

/** Reasons of a rule on an endpoint that the sites reach through the Jaringan Intra. @param name what people call it. */
export function endpointReasons(name: ReasonText): Record<string, ReasonText> {
  return {
    'endpoint-answers': {
      id: `${name.id} ({target}) dapat dijangkau dari lokasi ini.`,
      en: `${name.en} ({target}) can be reached from this site.`,
    },
    'endpoint-down': {
      id: `${name.id} ({target}) tidak dapat dijangkau dari lokasi ini sejak {sinceAtMs}.`,
      en: `${name.en} ({target}) cannot be reached from this site since {sinceAtMs}.`,
    },
    ...behindReasons,
    'behind-lan': {
      id: 'Belum dapat dinilai: LAN lokasi ini bermasalah sejak {sinceAtMs}.',
      en: 'Cannot be judged: the LAN of this site has been at fault since {sinceAtMs}.',
    },
    'behind-endpoint': {
      id: `Belum dapat dinilai: ${name.id} ({target}) juga tidak menjawab dari Pusat Data; gangguannya dinilai di sana.`,
      en: `Cannot be judged: ${name.en} ({target}) does not answer the Pusat Data either; the fault is judged there.`,
    },
    'unseen-from-pusat-data': {
      id: `${name.id} ({target}) tidak menjawab lokasi ini; belum dapat dipastikan dari Pusat Data apakah gangguannya di lokasi ini.`,
      en: `${name.en} ({target}) does not answer this site; whether the fault is at the site cannot be told from the Pusat Data yet.`,
    },
    'no-fresh-measurement': {
      id: `Tidak ada pengukuran terbaru ke ${name.id} dari lokasi ini.`,
      en: `There is no recent measurement of ${name.en} from this site.`,
    },
    'no-endpoint': {
      id: `Alamat ${name.id} belum didaftarkan (probeTargets), sehingga tidak dinilai.`,
      en: `No address of ${name.en} is registered (probeTargets), so it is not judged.`,
    },
  };
}

/** @param name what people call the endpoint. */
export function endpointHeadlines(name: ReasonText): Record<string, ReasonText> {
  return { 'endpoint-down': { id: `${name.id} tidak terjangkau`, en: `${name.en} is out of reach` } };
}

/** An endpoint is out of reach of a site only when it answers the Pusat Data meanwhile; else it is the endpoint's own fault. */
export function judgeEndpoint(layer: Layer, facts: SiteSubjectFacts, nowMs: number): Judgement {
  if (!facts.targetLayers.includes(layer)) {
    return { status: 'not-applicable', reasonCode: 'no-endpoint', reasonArgs: {}, evidence: [] };
  }
  const own = facts.links.filter((link) => link.layer === layer && !link.fromPusatData).toSorted(byName);
  const answering = own.find(isAnswering);
  if (answering !== undefined) return reached(answering);
  const fault = locateFault(facts, nowMs);
  const behind = behindJudgement(fault);
  if (behind !== undefined) return behind;
  const silent = own.find(({ state }) => state === 'down');
  if (silent === undefined) {
    return { status: 'no-evidence', reasonCode: 'no-fresh-measurement', reasonArgs: {}, evidence: [] };
  }
  if (fault.place === 'lan-segment' && fault.sinceMs !== undefined) {
    const reasonArgs = { sinceAtMs: fault.sinceMs };
    return { status: 'no-evidence', reasonCode: 'behind-lan', reasonArgs, evidence: fault.evidence };
  }
  return facts.isVantagePoint || isSeenMeanwhile(layer, silent, facts) ? notReached(silent) : elsewhere(silent, facts);
}

/** Of several that show the same always the same one is named. */
function byName(a: LinkView, b: LinkView): number {
  return `${a.target} ${a.prober}` < `${b.target} ${b.prober}` ? -1 : 1;
}

/** A server that shows a bad certificate is there; what it shows is judged by `certificate-valid`. */
function isAnswering({ state, reason }: LinkView): boolean {
  return state === 'up' || (state === 'down' && reason?.startsWith('certificate-') === true);
}

/** Where nobody looks from the Pusat Data, the site's own word must do. */
function isSeenMeanwhile(layer: Layer, silent: LinkView, { atPusatData }: SiteSubjectFacts): boolean {
  const there = atPusatData.filter((link) => link.layer === layer);
  return (
    there.length === 0 ||
    there.some((link) => isAnswering(link) && link.badRounds === 0 && (link.lastUpAtMs ?? 0) > silent.sinceMs)
  );
}

/** Breaches that stand until the endpoint has answered for a while. */
const outages = ['endpoint-down'];

function reached(link: LinkView): Judgement {
  const { target, record, isSettled, sinceMs } = link;
  const evidence = [record];
  const judgement = { status: 'compliant' as const, reasonCode: 'endpoint-answers', reasonArgs: { target }, evidence };
  if (isSettled || link.state !== 'up') return judgement;
  return { ...judgement, keepsBreachFor: outages, returned: { atMs: sinceMs, from: outages } };
}

function notReached({ target, sinceMs, record }: LinkView): Judgement {
  return {
    status: 'breached',
    exceeded: 'violation',
    reasonCode: 'endpoint-down',
    sinceAtMs: sinceMs,
    reasonArgs: { target, sinceAtMs: sinceMs },
    evidence: [record],
  };
}

/** That the Pusat Data does not reach it either must have been seen. */
function elsewhere({ layer, target, record }: LinkView, { atPusatData }: SiteSubjectFacts): Judgement {
  const there = atPusatData.filter((link) => link.layer === layer);
  const isSilent = there.some(({ state }) => state === 'down') && !there.some(isAnswering);
  const reasonCode = isSilent ? 'behind-endpoint' : 'unseen-from-pusat-data';
  return { status: 'no-evidence', reasonCode, reasonArgs: { target }, evidence: [record] };
}
