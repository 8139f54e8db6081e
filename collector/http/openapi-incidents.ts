import { incidentActions } from '../incidents/actions/registry.ts';
import { IncidentStory } from './resources/incident-story.ts';
import { Incident } from './resources/incidents.ts';

const problem = {
  description: 'What is wrong, as an RFC 9457 problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const json = (schema: unknown) => ({ 'application/json': { schema } });

/** One incident, and what people may do with it. */
export function incidentPaths(): Record<string, unknown> {
  const one = {
    get: {
      summary: 'One incident with what it was, how long it lasted and all that happened to it',
      parameters: [id],
      responses: { 200: { description: 'The incident', content: json(IncidentStory) }, 401: problem, 404: problem },
    },
  };
  const actions = incidentActions.map(({ name, docs, body }) => [
    `/api/v1/incidents/{id}/${name}`,
    {
      post: {
        summary: docs,
        parameters: [id],
        requestBody: { required: Object.keys(body.properties).length > 0, content: json(body) },
        responses: {
          200: { description: 'The incident as it is now', content: json(Incident) },
          401: problem,
          404: problem,
          409: { ...problem, description: 'Why it cannot be done now, as an RFC 9457 problem document' },
          413: problem,
          415: problem,
          422: problem,
        },
      },
    },
  ]);
  return { '/api/v1/incidents/{id}': one, ...(Object.fromEntries(actions) as Record<string, unknown>) };
}
