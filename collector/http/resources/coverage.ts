import Type from 'typebox';
import { definitionOf } from '../../coverage/definition.ts';
import { judgedCoverage } from '../../coverage/judged-coverage.ts';
import { monthPattern } from '../../documents/month/month-name.ts';
import { dayAt, monthsBetween } from '../../obligations/backup-history/local-days.ts';
import type { Resource } from '../resource.ts';
import { OptionalText } from './fields.ts';

const row = Type.Object({
  month: Type.String({ description: 'as the verdicts stood at its end, or stand now when it is not over' }),
  instrument: Type.String(),
  indicator: Type.String(),
  numbers: Type.Array(Type.Integer(), { description: 'as the instrument numbers it; none while that is not known' }),
  title: Type.String(),
  definition: Type.String({ description: 'what "n of N" counts, in one sentence' }),
  countedCount: Type.Integer({ description: 'n: departments whose every verdict is met' }),
  totalCount: Type.Integer({ description: 'N: all departments' }),
  note: OptionalText,
  departments: Type.Array(
    Type.Object({
      pd: Type.String(),
      state: Type.String({ description: 'counted, not-counted, waived or unknown' }),
      verdicts: Type.Array(
        Type.Object({ obligation: Type.String(), subject: Type.String(), status: Type.String(), rule: Type.String() }),
        { description: 'what the state rests on' },
      ),
    }),
  ),
});

export const coverageResource: Resource<typeof row> = {
  name: 'coverage',
  summary: 'How many departments are covered, "n of N", by the indicators of the evaluation of SPBE',
  row,
  query: [
    {
      name: 'month',
      docs: "a month of the Pemda's zone; this one when absent",
      pattern: monthPattern.source,
      form: 'a month such as 2026-11',
    },
  ],
  async rows({ config, store, nowMs }, { month = dayAt(nowMs, config.timezone).slice(0, 7) }) {
    const { language, timezone } = config;
    const [span] = monthsBetween(month, month, timezone);
    const changes = await store.verdictHistory.at(Math.min(span?.untilMs ?? nowMs, nowMs + 1) - 1);
    const coverage = judgedCoverage(
      config,
      changes.map(({ verdict }) => verdict),
    );
    return (coverage?.indicators ?? []).map(({ indicator, departments, countedCount, totalCount }) => ({
      month,
      instrument: config.reports.indicators,
      indicator: indicator.id,
      numbers: indicator.numbers,
      title: indicator.title[language],
      definition: definitionOf(indicator)[language],
      countedCount,
      totalCount,
      note: indicator.note?.[language] ?? null,
      departments,
    }));
  },
};
