import express, { type Express } from 'express';
import { AppError } from '../../shared/errors.ts';
import { incidentActions } from '../incidents/actions/registry.ts';
import { bodyReader, expectJson, longestBody } from './json-body.ts';
import { operatorOf } from './operator.ts';
import type { ApiView } from './resource.ts';
import { incidentStory } from './resources/incident-story.ts';
import { incidentRows } from './resources/incidents.ts';

/** One incident with all that happened to it, and what people may do with it. */
export function addIncidentRoutes(app: Express, viewOf: () => ApiView): void {
  app.get('/api/v1/incidents/:id', async (request, response) => {
    const view = viewOf();
    const incident = await view.store.incident(request.params.id);
    if (incident === undefined) {
      throw new AppError('not-found', 'No incident has this id.', { status: 404, field: '/id' });
    }
    response.json(await incidentStory(view, incident));
  });
  const body = express.raw({ type: () => true, limit: longestBody });
  for (const action of incidentActions) {
    const read = bodyReader(action.body);
    app.post(`/api/v1/incidents/:id/${action.name}`, expectJson, body, async (request, response) => {
      const view = viewOf();
      const incident = await view.judging.operate({
        incident: request.params['id'],
        action,
        body: read(request.body),
        actor: operatorOf(response),
      });
      const [row] = await incidentRows(view, [incident]);
      response.json(row);
    });
  }
}
