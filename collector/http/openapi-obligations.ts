import Type from 'typebox';
import { WhySchema } from '../obligations/why/schema.ts';
import type { QueryParameter } from './resource.ts';
import { Evidence, Instant, OptionalText } from './resources/fields.ts';

const time = {
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?(Z|[+-]\\d\\d:\\d\\d)$',
  form: 'a time with its zone such as 2026-11-22T10:00:00+07:00',
};
const subject: QueryParameter = {
  name: 'subject',
  docs: 'only this dataset or site of the department that is asked for, or a whole name such as dinkes/simpus',
  pattern: '^[^\\u0000-\\u001f]{1,200}$',
  form: 'the name of a dataset, a site or an area',
};

export const whyParameters: readonly QueryParameter[] = [
  subject,
  { name: 'at', docs: 'as it stood then; now when absent', ...time },
];
export const historyParameters: readonly QueryParameter[] = [
  subject,
  { name: 'from', docs: 'the first moment of judging that counts', ...time },
  { name: 'until', docs: 'the first that does not', ...time },
];

const HistoryRow = Type.Object({
  at: Instant,
  pd: Type.String(),
  subject: Type.String(),
  /** `removed` when nothing was said of it any more. */
  status: Type.String(),
  grade: OptionalText,
  since: Instant,
  reasonCode: Type.String(),
  reason: Type.String(),
  evidence: Evidence,
});

const problem = {
  description: 'What is wrong, as an RFC 9457 problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function list(summary: string, row: unknown, parameters: readonly QueryParameter[]): unknown {
  const inQuery = parameters.map(({ name, docs, pattern }) => ({
    name,
    in: 'query',
    schema: { type: 'string', pattern },
    description: docs,
  }));
  const schema = {
    type: 'object',
    required: ['items', 'totalCount'],
    properties: { items: { type: 'array', items: row }, totalCount: { type: 'integer' } },
  };
  return {
    get: {
      summary,
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'the id of a duty' },
        { name: 'pd', in: 'query', schema: { type: 'string' }, description: 'only rows of this department' },
        { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } },
        { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
        ...inQuery,
      ],
      responses: {
        200: { description: 'One page of rows', content: { 'application/json': { schema } } },
        401: problem,
        404: problem,
        422: problem,
      },
    },
  };
}

/** Why verdicts are what they are, and what was said before. */
export function obligationPaths(): Record<string, unknown> {
  return {
    '/api/v1/obligations/{id}/why': list(
      'Why the verdicts on a duty are what they are: law, rule, parameters, facts, records',
      WhySchema,
      whyParameters,
    ),
    '/api/v1/obligations/{id}/history': list(
      'What was said of a duty since when, in the order in which it was judged',
      HistoryRow,
      historyParameters,
    ),
  };
}
