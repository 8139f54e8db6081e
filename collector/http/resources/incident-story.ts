import Type, { type Static } from 'typebox';
import { explainVerdict } from '../../obligations/explain.ts';
import { causeOfRule } from '../../incidents/cause-words.ts';
import type { Case } from '../../obligations/subjects.ts';
import type { Language } from '../../../shared/local-time.ts';
import type { IncidentRow } from '../../store/rows.ts';
import { type ApiView, instant } from '../resource.ts';
import { Evidence, Instant, OptionalText } from './fields.ts';
import { Incident, incidentRows } from './incidents.ts';

const Line = Type.Object({
  at: Instant,
  event: Type.String(),
  /** `pantau` for what nobody did. */
  actor: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
});

/** One incident with all that is needed to write about it. */
export const IncidentStory = Type.Object({
  ...Incident.properties,
  pdName: Type.String(),
  obligation: Type.String(),
  title: OptionalText,
  regulation: OptionalText,
  pasal: OptionalText,
  ayat: OptionalText,
  huruf: OptionalText,
  causeInWords: Type.String(),
  /** What people said of the cause. */
  causeText: OptionalText,
  causeStatedBy: OptionalText,
  byOtherParty: Type.Boolean(),
  resolution: OptionalText,
  /** What is said of its duty now. */
  status: OptionalText,
  reason: OptionalText,
  evidence: Evidence,
  timeline: Type.Array(Line),
});

/** What the duty is called and where it stands; empty when it is not asked for any more. */
function lawOf(judged: Case | undefined, language: Language) {
  const citation = judged?.obligation.citation;
  return {
    title: judged?.obligation.title[language] ?? null,
    regulation: judged?.regulation.id ?? null,
    pasal: citation?.pasal ?? null,
    ayat: citation?.ayat ?? null,
    huruf: citation?.huruf ?? null,
  };
}

function causeOf({ statedCause, closed }: IncidentRow) {
  return {
    causeText: statedCause?.text ?? null,
    causeStatedBy: statedCause?.by ?? null,
    byOtherParty: statedCause?.byOtherParty ?? false,
    resolution: closed?.text ?? null,
  };
}

/** What is said of its duty now. */
function saidOf({ config, judging }: ApiView, incident: IncidentRow, judged: Case | undefined) {
  const { obligation, subject } = incident;
  const verdict = judging.verdicts().find((each) => each.obligation === obligation && each.subject === subject);
  return {
    status: verdict?.status ?? null,
    reason: verdict && judged ? explainVerdict(verdict, judged.rule, config) : null,
    evidence: verdict?.evidence ?? [],
  };
}

export async function incidentStory(view: ApiView, incident: IncidentRow): Promise<Static<typeof IncidentStory>> {
  const { config, judging, store } = view;
  const [row] = await incidentRows(view, [incident]);
  if (row === undefined) throw new Error('one incident has one row');
  const judged = judging.caseOf(incident);
  const events = await store.incidentHistory.events(incident.id);
  return {
    ...row,
    pdName: config.perangkatDaerah.find(({ id }) => id === incident.pd)?.name ?? incident.pd,
    obligation: incident.obligation,
    ...lawOf(judged, config.language),
    causeInWords: causeOfRule(row.cause, judged?.rule, config.language),
    ...causeOf(incident),
    ...saidOf(view, incident, judged),
    timeline: events.map(({ atMs, event, actor, detail }) => ({
      at: instant(view, atMs),
      event,
      actor,
      detail: { ...detail },
    })),
  };
}
