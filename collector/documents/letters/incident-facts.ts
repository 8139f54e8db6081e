import { causeInWords } from '../../incidents/cause-words.ts';
import { otherEndingInWords, otherEndingOf } from '../../incidents/ending.ts';
import { readDurations } from '../../incidents/read-durations.ts';
import { isSerious } from '../../incidents/serious.ts';
import type { IncidentEventRow, IncidentRow } from '../../store/incident-rows.ts';
import type { LetterSource } from '../../store/letter-source.ts';
import type { IncidentFacts } from './letter.ts';
import { type FactsView, partName } from './facts-view.ts';

const eventWords: Record<IncidentEventRow['event'], string> = {
  opened: 'Insiden dibuka',
  changed: 'Keadaan berubah',
  escalated: 'Tingkat insiden dinaikkan',
  acknowledged: 'Diterima oleh petugas',
  handling: 'Mulai ditangani',
  note: 'Catatan petugas',
  cause: 'Penyebab dinyatakan oleh petugas',
  owner: 'Penanggung jawab ditetapkan',
  resolved: 'Dinyatakan pulih',
  reopened: 'Terjadi kembali',
  restated: 'Penyebab menurut laporan yang datang kemudian',
  notified: 'Pemberitahuan dicatat',
};

/** An incident as letters tell of it; undefined when it is not known, or its duty is not judged any more. */
export async function incidentFacts(
  source: LetterSource,
  view: FactsView,
  id: string,
  nowMs: number,
): Promise<IncidentFacts | undefined> {
  const incident = await source.incidents.incident(id);
  const judged = incident && view.cases.get(`${incident.obligation} ${incident.subject}`);
  if (incident === undefined || judged === undefined) return undefined;
  const { obligation, regulation } = judged;
  const { severity, sinceMs, openedAtMs, resolvedAtMs, sites } = incident;
  const durations = await readDurations(incident, source.verdictHistory, nowMs);
  const events = await source.incidents.events(id);
  const ended = resolvedAtMs === undefined ? undefined : events.findLast(({ event }) => event === 'resolved');
  const otherEnding = ended && otherEndingOf(ended);
  return {
    id,
    severity,
    sinceMs,
    openedAtMs,
    resolvedAtMs,
    ...(otherEnding === undefined ? {} : { otherEnding }),
    durations,
    isSerious: isSerious(incident, durations, view.config),
    duty: obligation.title.id,
    citation: obligation.citation,
    regulation: { id: regulation.id, title: regulation.title, shortTitle: regulation.shortTitle },
    part: partName(judged, view.config),
    cause: causeOf(incident),
    byOtherParty: incident.statedCause?.byOtherParty,
    sites: sites.map((site) => siteName(site, view)),
    events: events.map((event) => ({ atMs: event.atMs, text: eventText(event) })),
  };
}

/** What people found counts before what machines tell; a reason code of a rule is no cause. */
function causeOf({ statedCause, settledCause }: IncidentRow): string | undefined {
  if (statedCause !== undefined) {
    const words = causeInWords(statedCause.code, 'id');
    return `${words}${statedCause.text === undefined ? '' : `: ${statedCause.text}`} (menurut ${statedCause.by})`;
  }
  return settledCause === undefined ? undefined : `${causeInWords(settledCause, 'id')} (menurut laporan setelah pulih)`;
}

function eventText(row: IncidentEventRow): string {
  const { event, actor, detail } = row;
  const { text, cause, owner } = detail;
  const ending = otherEndingOf(row);
  const said = [
    (event === 'cause' || event === 'restated') && typeof cause === 'string' ? causeInWords(cause, 'id') : undefined,
    event === 'owner' && typeof owner === 'string' ? owner : undefined,
    typeof text === 'string' ? text : undefined,
  ].filter((part) => part !== undefined);
  const by = actor === 'pantau' ? '' : ` (${actor})`;
  return `${ending === undefined ? eventWords[event] : otherEndingInWords(ending, 'id')}${by}${said.length === 0 ? '' : `: ${said.join(', ')}`}`;
}

function siteName(key: string, { config }: FactsView): string {
  const [pd, site] = key.split('/');
  const department = config.perangkatDaerah.find(({ id }) => id === pd);
  const name = department?.sites.find(({ id }) => id === site)?.name ?? site ?? key;
  return department === undefined ? name : `${name} (${department.name})`;
}
