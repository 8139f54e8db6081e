import type { IncidentView } from '../incident-view.ts';
import type { DepartmentRule, DepartmentSubjectFacts, Judgement, Params } from '../rule.ts';
import type { RegisterEntry } from '../register-view.ts';
import { amount } from './registers/due.ts';
import { entriesOfDepartment, textIn } from './registers/entries.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const recheckMs = 3_600_000;
const defaults = { withinMinutes: 60, lookBackDays: 90 };

/**
 * Serious incidents that another party caused were reported. Who caused one is for people to decide, and only then does
 * the time run: a regulation that says "segera" gives no number, so ours makes an indication at most.
 */
export const incidentReported: DepartmentRule = {
  name: 'incident-reported',
  docs: 'Every serious incident that another party caused has a report in the register of reports.',
  subject: 'department',
  readsIncidents: true,
  incidentKind: 'register',
  severity: 'warning',
  params: {
    withinMinutes: {
      default: defaults.withinMinutes,
      docs: 'a report is due so many minutes after somebody decided that another party caused the incident',
    },
    lookBackDays: { default: defaults.lookBackDays, docs: 'incidents of so many days are looked at' },
  },
  evidence: {
    id: 'Entri pada register laporan dengan jenis insiden, nomor insidennya, tanggal, dan penerima, dengan surat pemberitahuan sebagai lampiran.',
    en: 'An entry in the register of reports of the kind "insiden" with the incident, the date and the recipient, and the written notice attached.',
  },
  headlines: {
    'not-reported': { id: 'Gangguan serius belum dilaporkan', en: 'A serious incident has not been reported' },
  },
  reasons: {
    'no-incident': {
      id: 'Tidak ada gangguan serius akibat pihak lain dalam {lookBackDays} hari terakhir.',
      en: 'There was no serious incident caused by another party in the last {lookBackDays} days.',
    },
    undecided: {
      id: 'Penyebab gangguan serius {incident} belum ditetapkan oleh petugas, sehingga belum diketahui apakah akibat pihak lain. Gangguan yang belum ditetapkan: {incidentCount}.',
      en: 'Nobody has decided yet who caused the serious incident {incident}, so whether it was another party is not known. Incidents without a decision: {incidentCount}.',
    },
    'not-yet-reported': {
      id: 'Gangguan serius {incident} akibat pihak lain; laporannya ditunggu paling lambat {dueAtMs} (batas waktu bawaan aplikasi atau pengaturan Pemda).',
      en: 'Another party caused the serious incident {incident}; its report is awaited until {dueAtMs} (a limit of the application or the Pemda).',
    },
    'not-reported': {
      id: 'Gangguan serius {incident} akibat pihak lain belum tercatat dilaporkan, sedangkan batas waktunya {dueAtMs} (bawaan aplikasi atau pengaturan Pemda, bukan ketentuan peraturan).',
      en: 'Another party caused the serious incident {incident}; that it was reported is not entered, and was due by {dueAtMs} (a limit of the application or the Pemda, not of the regulation).',
    },
    reported: {
      id: 'Seluruh {incidentCount} gangguan serius akibat pihak lain telah dilaporkan.',
      en: 'All {incidentCount} serious incidents caused by another party have been reported.',
    },
  },
  judge(facts, params, nowMs): Judgement {
    const lookBackDays = amount(params['lookBackDays'], defaults.lookBackDays);
    const fromMs = nowMs - lookBackDays * dayMs;
    const serious = (facts.incidents ?? [])
      .filter(
        ({ isSerious, openedAtMs, resolvedAtMs = nowMs }) => isSerious && Math.max(openedAtMs, resolvedAtMs) >= fromMs,
      )
      .toSorted((a, b) => a.openedAtMs - b.openedAtMs || (a.id < b.id ? -1 : 1));
    const byOthers = serious.filter(({ decision }) => decision?.isByOtherParty === true);
    const undecided = serious.filter(({ decision }) => decision === undefined);
    // One that goes on may become serious by lasting.
    const goesOn = (facts.incidents ?? []).some(
      ({ isSerious, resolvedAtMs }) => !isSerious && resolvedAtMs === undefined,
    );
    const again = goesOn ? { recheckAtMs: nowMs + recheckMs } : {};
    const late = judgeReports(byOthers, facts, params, nowMs);
    if (late !== undefined && late.status !== 'compliant') return late;
    if (undecided.length > 0) {
      const reasonArgs = { incident: undecided[0]?.id ?? '', incidentCount: undecided.length };
      const evidence = undecided.map(({ id }) => ({ incident: id }));
      return { status: 'no-evidence', reasonCode: 'undecided', reasonArgs, evidence, endsBreach: true, ...again };
    }
    if (late !== undefined) return { ...late, ...again };
    return {
      status: 'not-applicable',
      reasonCode: 'no-incident',
      reasonArgs: { lookBackDays },
      evidence: [],
      ...again,
    };
  },
};

function judgeReports(
  incidents: readonly IncidentView[],
  facts: DepartmentSubjectFacts,
  params: Params,
  nowMs: number,
): Judgement | undefined {
  if (incidents.length === 0) return undefined;
  const reports = reportsByIncident(facts);
  const open = incidents
    .filter(({ id }) => !reports.has(id))
    .map((incident) => ({ incident, dueAtMs: dueOf(incident, params) }));
  const [first] = open.toSorted((a, b) => a.dueAtMs - b.dueAtMs);
  if (first !== undefined) {
    const isLate = nowMs > first.dueAtMs;
    const said = {
      reasonCode: isLate ? 'not-reported' : 'not-yet-reported',
      reasonArgs: { incident: first.incident.id, dueAtMs: first.dueAtMs },
      evidence: open.map(({ incident }) => ({ incident: incident.id })),
    };
    return isLate
      ? { status: 'breached', exceeded: 'indication', sinceAtMs: first.dueAtMs, ...said }
      : { status: 'no-evidence', endsBreach: true, ...said, recheckAtMs: first.dueAtMs + 1 };
  }
  const evidence = incidents.flatMap(({ id }) => [
    { incident: id },
    ...(reports.get(id) ?? []).map((entry) => entry.reference),
  ]);
  const reasonArgs = { incidentCount: incidents.length };
  return { status: 'compliant', reasonCode: 'reported', reasonArgs, evidence };
}

function dueOf({ decision, openedAtMs }: IncidentView, params: Params): number {
  const withinMinutes = amount(params['withinMinutes'], defaults.withinMinutes);
  return (decision?.atMs ?? openedAtMs) + withinMinutes * minuteMs;
}

function reportsByIncident(facts: DepartmentSubjectFacts): Map<string, RegisterEntry[]> {
  const found = new Map<string, RegisterEntry[]>();
  for (const entry of entriesOfDepartment(facts, 'report')) {
    const incident = textIn(entry, 'incident');
    if (incident === undefined || textIn(entry, 'kind') !== 'insiden') continue;
    found.set(incident, [...(found.get(incident) ?? []), entry]);
  }
  return found;
}
