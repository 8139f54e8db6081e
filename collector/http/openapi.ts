import { incidentPaths } from './openapi-incidents.ts';
import { ledgerPaths } from './openapi-ledger.ts';
import { obligationPaths } from './openapi-obligations.ts';
import { metricsPaths } from './openapi-metrics.ts';
import { pingPaths } from './openapi-pings.ts';
import { registerPaths } from './openapi-registers.ts';
import type { QueryParameter } from './resource.ts';
import { resources } from './resources/registry.ts';

const problem = {
  description: 'What is wrong, as an RFC 9457 problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const parameters = [
  { name: 'pd', in: 'query', schema: { type: 'string' }, description: 'only rows of this department' },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } },
  { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
];

/** The API's own description (OpenAPI 3.1), derived from the same rows that it answers with. */
export function openApiDocument(): unknown {
  const lists = resources.map((resource) => [
    `/api/v1/${resource.name}`,
    {
      get: {
        summary: resource.summary,
        parameters: [...parameters, ...(resource.query ?? []).map(described)],
        responses: {
          200: { description: 'One page of rows', content: { 'application/json': { schema: page(resource.row) } } },
          401: problem,
          422: problem,
        },
      },
    },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: 'Pantau collector', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ operator: [] }],
    paths: {
      ...(Object.fromEntries(lists) as Record<string, unknown>),
      ...incidentPaths(),
      ...obligationPaths(),
      ...otherPaths(),
      ...metricsPaths(),
      ...pingPaths(),
      ...registerPaths(),
      ...ledgerPaths(),
    },
    components: {
      securitySchemes: {
        operator: { type: 'http', scheme: 'bearer' },
        router: { type: 'http', scheme: 'bearer', description: 'the own token of one router' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            field: { type: 'string', description: 'the part of the request that is wrong' },
          },
        },
      },
    },
  };
}

function described({ name, docs, pattern }: QueryParameter): unknown {
  return { name, in: 'query', schema: { type: 'string', pattern }, description: docs };
}

function page(row: unknown): unknown {
  return {
    type: 'object',
    required: ['items', 'totalCount'],
    properties: { items: { type: 'array', items: row }, totalCount: { type: 'integer' } },
  };
}

function otherPaths(): Record<string, unknown> {
  const ok = { 200: { description: 'Done' } };
  const open = { security: [] };
  return {
    '/api/v1/documents/{key}/{file}': {
      get: {
        summary: 'A file of a document that the collector keeps',
        parameters: ['key', 'file'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        responses: { ...ok, 401: problem, 404: problem },
      },
    },
    '/api/v1/enroll': {
      post: { summary: 'Turn a one-time token into an agent', ...open, responses: { ...ok, 403: problem } },
    },
    '/api/v1/reports': {
      post: {
        summary: 'Signed reports of an agent; answered after they are on disk',
        ...open,
        responses: { ...ok, 401: problem, 422: problem, 429: problem, 503: problem },
      },
    },
    '/api/v1/router-reports': {
      post: {
        summary: 'The same from a router that shows its token; it speaks of itself and its own network only',
        security: [{ router: [] }],
        responses: { ...ok, 401: problem, 403: problem, 422: problem, 429: problem, 503: problem },
      },
    },
    '/api/v1/router-agent': {
      get: {
        summary:
          'The agent of a router, a POSIX shell script ready filled in; printed by "pantau-collector token router"',
        security: [{ router: [] }],
        parameters: ['url', 'lan', 'wan', 'spool', 'spool-bytes'].map((name) => ({
          name,
          in: 'query',
          schema: { type: 'string' },
        })),
        responses: { ...ok, 401: problem, 403: problem, 422: problem, 429: problem },
      },
    },
    '/api/v1/agent/configuration': {
      get: {
        summary: 'What an agent is to do, asked for under its signature',
        ...open,
        responses: { ...ok, 401: problem },
      },
    },
    '/healthz': { get: { summary: 'The process lives', ...open, responses: ok } },
    '/readyz': { get: { summary: 'Store and intake are ready', ...open, responses: { ...ok, 503: problem } } },
  };
}
