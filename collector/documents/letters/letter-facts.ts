import type { PantauConfig } from '../../config/schema.ts';
import { noticeDutiesOf } from '../../incidents/notice-duties.ts';
import { explainVerdict } from '../../obligations/explain.ts';
import { ownerOf } from '../../obligations/owner.ts';
import { regulationsOf } from '../../obligations/regulations/registry.ts';
import { type Case, casesOf } from '../../obligations/subjects.ts';
import { withDecrees } from '../../obligations/with-decrees.ts';
import type { LetterSource } from '../../store/letter-source.ts';
import type { VerdictRow } from '../../store/rows.ts';
import { readRegisters } from '../../registers/read-registers.ts';
import { officeOf } from '../office.ts';
import { evidenceInWords, type FactsView, partName } from './facts-view.ts';
import { incidentFacts } from './incident-facts.ts';
import type { Finding, LetterFacts, RestoreTestFacts } from './letter.ts';

export interface AskedLetter {
  pd: string;
  /** Only what is found of this duty. */
  obligation?: string | undefined;
  incident?: string | undefined;
  dataset?: string | undefined;
  order: number;
  nowMs: number;
}

/** Everything that a letter about a department may be made of, in words. Letters are Indonesian, whatever the page is. */
export async function letterFacts(
  source: LetterSource,
  configured: PantauConfig,
  asked: AskedLetter,
): Promise<LetterFacts> {
  const { pd, order, nowMs } = asked;
  const config = withDecrees(configured, { registers: await readRegisters(source), nowMs });
  const [first] = regulationsOf(config);
  const department = config.perangkatDaerah.find(({ id }) => id === pd);
  const cases = new Map(casesOf(config).map((judged) => [`${judged.obligation.id} ${judged.subject}`, judged]));
  const nodes = new Map(source.agents().map(({ id, node }) => [id, node]));
  const view: FactsView = { config, cases, nameOf: (agent) => nodes.get(agent) ?? agent };
  const incident = asked.incident === undefined ? undefined : await incidentFacts(source, view, asked.incident, nowMs);
  const restoreTest =
    asked.dataset === undefined
      ? undefined
      : await restoreTestFacts(source, view, { ...asked, dataset: asked.dataset });
  return {
    office: officeOf(config),
    pemda: config.pemda.name,
    kepalaDaerah: first?.parties?.['kepala-daerah'] ?? 'Kepala Daerah',
    diskominfo: config.pemda.diskominfo,
    department: { id: pd, name: department?.name ?? pd },
    timezone: config.timezone,
    nowMs,
    findings: findingsOf(source.verdicts(), view, asked),
    ...(incident === undefined ? {} : { incident }),
    ...(restoreTest === undefined ? {} : { restoreTest }),
    noticeDuties: noticeDutiesOf(config),
    order,
  };
}

/** Breaches that this department must act on, in the order of the regulations; what others must mend is not its own. */
function findingsOf(verdicts: readonly VerdictRow[], view: FactsView, asked: AskedLetter): Finding[] {
  const byCase = new Map(verdicts.map((verdict) => [`${verdict.obligation} ${verdict.subject}`, verdict]));
  return [...view.cases].flatMap(([key, judged]) => {
    const verdict = byCase.get(key);
    if (verdict?.status !== 'breached' || !isAsked(judged, verdict, view, asked)) return [];
    return [findingOf(judged, verdict, view)];
  });
}

function isAsked(
  judged: Case,
  verdict: VerdictRow,
  { config }: FactsView,
  { pd, obligation, dataset }: AskedLetter,
): boolean {
  if (judged.pd !== pd || (obligation !== undefined && judged.obligation.id !== obligation)) return false;
  if (dataset !== undefined && judged.part !== dataset) return false;
  const role = verdict.owner ?? judged.obligation.owner;
  const name = config.perangkatDaerah.find(({ id }) => id === pd)?.name;
  return role === 'joint' || pd === config.pemda.diskominfo.pd || ownerOf(judged, config, role).name === name;
}

function findingOf(judged: Case, verdict: VerdictRow, view: FactsView): Finding {
  const { regulation, obligation, rule } = judged;
  const { timezone } = view.config;
  return {
    obligation: obligation.id,
    regulation: { id: regulation.id, title: regulation.title, shortTitle: regulation.shortTitle },
    citation: obligation.citation,
    duty: obligation.title.id,
    grade: verdict.grade ?? 'note',
    kind: rule.incidentKind,
    part: partName(judged, view.config),
    reason: explainVerdict(verdict, rule, { language: 'id', timezone }),
    sinceMs: verdict.sinceMs,
    evidence: [...new Set(verdict.evidence.map((reference) => evidenceInWords(reference, view)))],
    numbers: numbersOf(judged, view.config),
  };
}

/** Whose the numbers are that a duty is judged by; one of ours among them is enough to say so. */
function numbersOf({ rule, obligation }: Case, config: PantauConfig): Finding['numbers'] {
  const names = Object.entries(rule.params).flatMap(([name, spec]) => (typeof spec.default === 'number' ? [name] : []));
  const open = names.filter((name) => obligation.lawParams?.[name] === undefined);
  if (names.length === 0) return 'none';
  if (open.length === 0) return 'law';
  const set = config.obligations[obligation.id]?.params ?? {};
  return open.every((name) => name in set) ? 'pemda' : 'ours';
}

async function restoreTestFacts(
  source: LetterSource,
  view: FactsView,
  { pd, dataset, nowMs }: AskedLetter & { dataset: string },
): Promise<RestoreTestFacts | undefined> {
  const test = (await source.restoreTests({ pd, dataset }, 0, nowMs + 1)).at(-1);
  if (test === undefined) return undefined;
  const { outcome, reason, drill, startedAtMs, completedAtMs, objectName, fileCount, sizeBytes, checks } = test;
  const datasets = view.config.perangkatDaerah.find(({ id }) => id === pd)?.datasets;
  return {
    dataset: datasets?.find(({ id }) => id === dataset)?.name ?? dataset,
    outcome,
    reason,
    drill,
    startedAtMs,
    completedAtMs,
    objectName,
    fileCount,
    sizeBytes,
    checks,
    record: evidenceInWords(test.record, view),
  };
}
