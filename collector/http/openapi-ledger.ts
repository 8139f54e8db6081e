import { CheckpointRow, LedgerRow } from './ledger-rows.ts';
import { ledgerParameters } from './ledger-routes.ts';

const problem = {
  description: 'What is wrong, as an RFC 9457 problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const json = (description: string, schema: unknown) => ({ description, content: { 'application/json': { schema } } });

const paging = [
  { name: 'pd', in: 'query', schema: { type: 'string' }, description: 'only entries about this department' },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } },
  { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
];

const page = {
  type: 'object',
  required: ['items', 'totalCount'],
  properties: { items: { type: 'array', items: LedgerRow }, totalCount: { type: 'integer' } },
};

export function ledgerPaths(): Record<string, unknown> {
  const asked = ledgerParameters.map(({ name, docs, pattern }) => ({
    name,
    in: 'query',
    schema: { type: 'string', pattern },
    description: docs,
  }));
  return {
    '/api/v1/ledger': {
      get: {
        summary: 'The hash chain of verdicts, what they rest on and what was done, oldest first',
        parameters: [...paging, ...asked],
        responses: { 200: json('One page of entries', page), 401: problem, 422: problem },
      },
    },
    '/api/v1/ledger/checkpoint': {
      get: {
        summary: 'The last entry that the collector signed, and its signature',
        responses: { 200: json('The latest checkpoint', CheckpointRow), 401: problem, 404: problem },
      },
    },
  };
}
