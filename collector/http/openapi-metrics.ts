import { pageGroups } from '../metrics/metrics-page.ts';
import { contentTypes } from '../metrics/page-format.ts';

const schema = { type: 'string' };

/** The metrics page, as the API describes it. */
export function metricsPaths(): Record<string, unknown> {
  return {
    '/metrics': {
      get: {
        summary: 'Metrics for Prometheus: text format, or OpenMetrics for those who ask for it',
        security: [],
        parameters: [
          {
            name: 'collect[]',
            in: 'query',
            schema: { type: 'array', items: { type: 'string', enum: pageGroups } },
            description: 'only these groups; all when absent',
          },
        ],
        responses: {
          200: {
            description: 'The page',
            content: Object.fromEntries(Object.values(contentTypes).map((type) => [type, { schema }])),
          },
          400: {
            description: 'There is no such group; an RFC 9457 problem document lists them',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
      },
    },
  };
}
