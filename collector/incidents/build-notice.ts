import type { PantauConfig } from '../config/schema.ts';
import { formatLocalTime, type Language } from '../../shared/local-time.ts';
import type { ProofLevel } from '../../shared/states.ts';
import type { Notice } from '../notify/notice.ts';
import { areaDetails, areaInWords } from './area-notice.ts';
import { causeDetails } from './cause-words.ts';
import { currentSinceMs } from './current-since.ts';
import { explainVerdict, headlineOf } from '../obligations/explain.ts';
import { ownerNamed, ownerOf } from '../obligations/owner.ts';
import type { DatasetSubjectFacts } from '../obligations/rule.ts';
import { lastGoodBackup } from '../obligations/rules/backup/assess.ts';
import type { Case } from '../obligations/subjects.ts';
import type { CaseFacts } from '../obligations/judge-case.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';

export interface NoticeSource {
  config: PantauConfig;
  judged: Case;
  verdict: VerdictRow;
  incident: IncidentRow;
  facts: CaseFacts;
}

/** Everything that people are told about an incident, in one self-contained document. */
export function buildNotice(event: Notice['event'], source: NoticeSource, nowMs: number): Notice {
  const { config, judged, verdict, incident } = source;
  const { language, timezone } = config;
  const headline = headlineOf(verdict, judged.rule, { language, timezone });
  const pd = config.perangkatDaerah.find((known) => known.id === judged.pd);
  return {
    event,
    idempotencyKey: noticeKey(event, incident, nowMs),
    pemda: config.pemda.name,
    timezone,
    language,
    incident: {
      id: incident.id,
      kind: incident.kind,
      severity: incident.severity,
      cause: incident.cause,
      ...returnOf(incident),
      ...(incident.settledCause === undefined ? {} : { settledCause: incident.settledCause }),
      ...(incident.resolvedAtMs === undefined ? {} : { resolvedAtMs: incident.resolvedAtMs }),
    },
    perangkatDaerah: { id: judged.pd, name: pd?.name ?? judged.pd },
    subject: { kind: judged.rule.subject, id: judged.part ?? judged.pd, name: partName(judged, pd, language) },
    obligation: {
      id: judged.obligation.id,
      title: judged.obligation.title[language],
      status: verdict.status,
      ...(verdict.grade === undefined ? {} : { grade: verdict.grade }),
    },
    citation: { regulation: judged.regulation.title, ...judged.obligation.citation },
    ...(headline === undefined ? {} : { headline }),
    reason: explainVerdict(verdict, judged.rule, { language, timezone }),
    details: detailsOf(source),
    owner: event === 'resolved' ? ownerNamed(incident.owner, judged, config) : ownerOf(judged, config, verdict.owner),
  };
}

/** The same each time that the same thing is told, and another one each time that it happens again. */
export function noticeKey(event: Notice['event'], { id, reopened }: IncidentRow, nowMs: number): string {
  if (event === 'changed') return `${id}/changed/${nowMs}`;
  return reopened === undefined ? `${id}/${event}` : `${id}/${event}/${reopened.count}`;
}

/** Since when it is so, and how often it came back. */
export function returnOf(incident: IncidentRow): Pick<Notice['incident'], 'sinceMs' | 'reopenedCount'> {
  const { reopened } = incident;
  return { sinceMs: currentSinceMs(incident), ...(reopened === undefined ? {} : { reopenedCount: reopened.count }) };
}

function detailsOf({ facts, config, incident }: NoticeSource): Notice['details'] {
  const cause = causeDetails(incident, config.language);
  if ('dataset' in facts) return [...cause, ...datasetDetails(facts.dataset, config)];
  const sites = 'area' in facts ? areaDetails(incident.sites, config) : [];
  return [...cause, ...sites];
}

function partName(judged: Case, pd: PantauConfig['perangkatDaerah'][number] | undefined, language: Language): string {
  if (judged.rule.subject === 'area') return areaInWords(judged.subject, language);
  const parts = judged.rule.subject === 'site' ? pd?.sites : pd?.datasets;
  return parts?.find((part) => part.id === judged.part)?.name ?? judged.part ?? pd?.name ?? judged.pd;
}

const labels = {
  lastGood: { id: 'Cadangan baik terakhir', en: 'Last good backup' },
  none: { id: 'belum ada', en: 'none' },
  size: { id: 'Ukuran', en: 'Size' },
  proof: { id: 'Tingkat bukti', en: 'Level of proof' },
  arrival: { id: 'Terakhir tiba di Pusat Data', en: 'Last arrival in the Pusat Data' },
  lastLook: { id: 'Terakhir diperiksa agen', en: 'Last look of the agent' },
} as const;

/** How far the newest backup is proven, in words. */
const proofWords: Record<ProofLevel, Record<Language, string>> = {
  none: { id: 'belum ada', en: 'none' },
  claimed: { id: 'baru klaim pekerjaan', en: 'only the claim of the job' },
  arrived: { id: 'sudah tiba di Pusat Data', en: 'arrived in the Pusat Data' },
  intact: { id: 'isinya sudah dibaca ulang', en: 'its bytes were read again' },
  restorable: { id: 'sudah diuji pemulihannya', en: 'a restore was tested' },
};

function datasetDetails(facts: DatasetSubjectFacts, { language, timezone }: PantauConfig): Notice['details'] {
  const last = lastGoodBackup(facts);
  const time = (atMs: number) => formatLocalTime(atMs, timezone, language);
  const details: Notice['details'] = [
    { label: labels.lastGood[language], value: last === undefined ? labels.none[language] : time(last.completedAtMs) },
  ];
  if (last?.sizeBytes !== undefined) {
    const amount = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB').format(last.sizeBytes);
    details.push({ label: labels.size[language], value: `${amount} ${language === 'id' ? 'bita' : 'bytes'}` });
  }
  const [newest] = facts.backups;
  if (newest !== undefined) details.push({ label: labels.proof[language], value: proofWords[newest.proof][language] });
  if (facts.pusatData.newest !== undefined) {
    details.push({ label: labels.arrival[language], value: time(facts.pusatData.newest.arrivedAtMs) });
  }
  if (facts.lastLook !== undefined) {
    details.push({ label: labels.lastLook[language], value: time(facts.lastLook.observedAtMs) });
  }
  return details;
}
