import { formatZonedRfc3339 } from '../../../shared/local-time.ts';
import type { PantauConfig } from '../../config/schema.ts';
import type { VerdictRow } from '../../store/rows.ts';
import { nameOfCitation } from '../citation.ts';
import { explain, explainVerdict } from '../explain.ts';
import { gradeOf } from '../grading.ts';
import { ownerOf } from '../owner.ts';
import type { Case } from '../subjects.ts';
import { gradeReason } from './grade-reason.ts';
import { paramsShown } from './params-shown.ts';
import type { EvidenceRecord, Why } from './schema.ts';

export interface WhySource {
  judged: Case;
  verdict: VerdictRow;
  /** When the verdict was given; undefined where only the present one is known. */
  judgedAtMs: number | undefined;
  config: PantauConfig;
  /** What the verdict cites, as far as it is kept. */
  records: readonly EvidenceRecord[];
  heldBackBy: string | undefined;
  incident: string | undefined;
}

/** The chain from the law to the records that a verdict rests on; pure. */
export function buildWhy(source: WhySource): Why {
  const { judged, verdict, config, records } = source;
  const { obligation, rule } = judged;
  return {
    pd: verdict.pd,
    obligation: obligation.id,
    subject: verdict.subject,
    law: lawOf(judged, config),
    rule: {
      name: rule.name,
      docs: rule.docs,
      satisfiedBy: (obligation.evidence ?? rule.evidence)?.[config.language] ?? null,
    },
    params: paramsShown(judged, config),
    facts: factsOf(judged, verdict, config),
    records: [...records],
    verdict: verdictOf(source),
  };
}

function lawOf({ regulation, obligation }: Case, { language }: PantauConfig): Why['law'] {
  return {
    regulation: regulation.id,
    title: regulation.title,
    citation: nameOfCitation(obligation.citation),
    related: (obligation.related ?? []).map(nameOfCitation),
    duty: obligation.title[language],
    summary: obligation.summary[language],
    modality: obligation.modality,
    party: { role: obligation.party, name: regulation.parties[obligation.party] ?? obligation.party },
    note: obligation.note?.[language] ?? null,
  };
}

function factsOf({ rule }: Case, verdict: VerdictRow, config: PantauConfig): Why['facts'] {
  const { language, timezone } = config;
  const words = rule.words === undefined ? {} : { words: rule.words };
  const inWords = (name: string) =>
    explain({ id: `{${name}}`, en: `{${name}}` }, verdict.reasonArgs, { language, timezone, ...words });
  return {
    reasonCode: verdict.reasonCode,
    reason: explainVerdict(verdict, rule, config),
    values: Object.entries(verdict.reasonArgs).map(([name, value]) => ({ name, value, text: inWords(name) })),
    sites: verdict.sites ?? [],
  };
}

function verdictOf({ judged, verdict, config, judgedAtMs, heldBackBy, incident }: WhySource): Why['verdict'] {
  const { obligation } = judged;
  const { status, grade, reasonArgs } = verdict;
  const instant = (atMs: number) => formatZonedRfc3339(atMs, config.timezone);
  const { waiverNumber, waiverUntil } = reasonArgs;
  return {
    status,
    since: instant(verdict.sinceMs),
    judgedAt: judgedAtMs === undefined ? null : instant(judgedAtMs),
    grade: grade ?? null,
    severity: verdict.severity ?? null,
    verbAllows: gradeOf(obligation.modality, 'violation'),
    dutyAllows: obligation.maxGrade ?? null,
    gradeReason: grade === undefined ? null : gradeReason(obligation, grade, config.language),
    owner: ownerOf(judged, config, verdict.owner).name,
    waiver: status === 'waived' ? { number: String(waiverNumber), until: String(waiverUntil) } : null,
    heldBackBy: heldBackBy ?? null,
    incident: incident ?? null,
  };
}
