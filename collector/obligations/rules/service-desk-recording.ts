import type { Judgement, PemdaRule } from '../rule.ts';
import { amount, nothingEntered } from './registers/due.ts';
import { textIn } from './registers/entries.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const defaults = { withinHours: 24, lookBackDays: 90 };

/** The service desk records what is told and what is found: every incident has its entry, whoever wrote it. */
export const serviceDeskRecording: PemdaRule = {
  name: 'service-desk-recording',
  docs: 'The register of the service desk is kept, and every incident has an entry there.',
  subject: 'pemda',
  readsIncidents: true,
  incidentKind: 'register',
  severity: 'info',
  params: {
    withinHours: {
      default: defaults.withinHours,
      docs: 'an incident should be recorded so many hours after it opened',
    },
    lookBackDays: { default: defaults.lookBackDays, docs: 'incidents of so many days are looked at' },
  },
  evidence: {
    id: 'Entri pada register meja layanan untuk setiap insiden, keluhan, dan permintaan, dengan status penanganannya.',
    en: 'An entry in the register of the service desk for every incident, complaint and request, with what became of it.',
  },
  headlines: {
    'not-recorded': { id: 'Gangguan belum dicatat meja layanan', en: 'The service desk has not recorded an incident' },
  },
  reasons: {
    'nothing-recorded': {
      id: 'Belum ada catatan dalam register meja layanan.',
      en: 'Nothing is entered in the register of the service desk.',
    },
    'not-recorded': {
      id: 'Meja layanan belum mencatat {incidentCount} gangguan; yang paling lama {incident} (batas waktu bawaan aplikasi atau pengaturan Pemda, bukan ketentuan peraturan).',
      en: 'The service desk has not recorded {incidentCount} incidents; the oldest is {incident} (by a limit of the application or the Pemda, not of the regulation).',
    },
    recorded: {
      id: 'Register meja layanan memuat {entryCount} catatan, termasuk seluruh {incidentCount} gangguan dalam {lookBackDays} hari terakhir.',
      en: 'The register of the service desk has {entryCount} entries, all {incidentCount} incidents of the last {lookBackDays} days among them.',
    },
  },
  judge(facts, params, nowMs): Judgement {
    const entries = facts.registers.entries('service-desk');
    if (entries.length === 0) return nothingEntered('nothing-recorded', facts);
    const lookBackDays = amount(params['lookBackDays'], defaults.lookBackDays);
    const patienceMs = amount(params['withinHours'], defaults.withinHours) * hourMs;
    const recorded = new Map(entries.map((entry) => [textIn(entry, 'incident'), entry]));
    const looked = (facts.incidents ?? [])
      .filter(({ openedAtMs }) => openedAtMs >= nowMs - lookBackDays * dayMs)
      .toSorted((a, b) => a.openedAtMs - b.openedAtMs || (a.id < b.id ? -1 : 1));
    const missing = looked.filter(({ id }) => !recorded.has(id));
    const late = missing.filter(({ openedAtMs }) => openedAtMs + patienceMs < nowMs);
    const [oldest] = late;
    if (oldest !== undefined) {
      return {
        status: 'breached',
        exceeded: 'indication',
        sinceAtMs: oldest.openedAtMs + patienceMs,
        reasonCode: 'not-recorded',
        reasonArgs: { incidentCount: late.length, incident: oldest.id },
        evidence: late.map(({ id }) => ({ incident: id })),
      };
    }
    const newest = entries
      .toSorted((a, b) => b.enteredAtMs - a.enteredAtMs || (a.id < b.id ? -1 : 1))
      .slice(0, citedCount);
    const [awaited] = missing;
    return {
      status: 'compliant',
      reasonCode: 'recorded',
      reasonArgs: { entryCount: entries.length, incidentCount: looked.length - missing.length, lookBackDays },
      evidence: newest.map(({ reference }) => reference),
      ...(awaited === undefined ? {} : { recheckAtMs: awaited.openedAtMs + patienceMs + 1 }),
    };
  },
};

/** A register of years has thousands of entries: the newest stand for all. */
const citedCount = 20;
