import express, { type Express } from 'express';
import type { IncomingMessage } from 'node:http';
import type { SignedConfig } from '../../shared/agent-config-schema.ts';
import type { EnrolAnswer } from '../../shared/enrolment.ts';
import { AppError } from '../../shared/errors.ts';
import {
  agentConfigPath,
  agentHeader,
  enrolPath,
  reportsPath,
  routerAgentPath,
  routerReportsPath,
  signatureHeader,
} from '../../shared/wire.ts';
import type { Pings } from '../intake/pings.ts';
import { overviewPage } from '../web/overview-page.ts';
import { addIncidentRoutes } from './incident-routes.ts';
import { keptFor } from './kept-for.ts';
import { expectDepartment } from './expect-department.ts';
import { addLedgerRoutes } from './ledger-routes.ts';
import { addDocumentRoute } from './document-route.ts';
import { addMetricsRoute, type MetricsRouteDeps } from './metrics-route.ts';
import { openApiDocument } from './openapi.ts';
import { requireOperator } from './operator.ts';
import { addObligationRoutes } from './obligation-routes.ts';
import { addPingRoutes } from './ping-routes.ts';
import { methodNotAllowed, notFound, problemAnswer } from './problem-answer.ts';
import { readQuery, wholeNumber } from './query.ts';
import { addRegisterRoutes, type RegisterRoutesDeps } from './register-routes.ts';
import type { ApiView } from './resource.ts';
import { resources } from './resources/registry.ts';

export interface AppDeps extends MetricsRouteDeps, RegisterRoutesDeps {
  view(): ApiView;
  /** Where documents are kept. */
  dataFolder: string;
  nowMs(): number;
  operatorToken: string;
  pings: Pings;
  /** The address from which a request comes. */
  peerOf(request: IncomingMessage): string | undefined;
  enrol(body: Buffer, signature: string | undefined): Promise<EnrolAnswer>;
  /** @throws AppError when the request is not signed by that agent. */
  configurationFor(agent: string, time: string, signature: string | undefined): SignedConfig;
  /**
   * The agent of a router that shows its token, ready filled in.
   * @throws AppError when the token is not known or an option does not fit.
   */
  routerAgentFor(authorization: string | undefined, query: URLSearchParams): Promise<string>;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Everything but the path of reports: pages, operators, enrolment. Thin: no decision is made here. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.set({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    next();
  });
  addPingRoutes(app, deps.pings, deps.peerOf);
  addOpenRoutes(app, deps);
  addAgentRoutes(app, deps);
  app.use(
    '/api/v1',
    requireOperator(deps.operatorToken, () => deps.view().store.operators.list()),
  );
  addOperatorRoutes(app, deps);
  addRegisterRoutes(app, deps);
  addLedgerRoutes(app, deps);
  addDocumentRoute(app, deps.view, deps.dataFolder);
  app.use(notFound);
  app.use(problemAnswer(deps.logger));
  return app;
}

function addOpenRoutes(app: Express, deps: AppDeps): void {
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  const checkWritable = keptFor(1000, deps.nowMs, () => deps.view().store.checkWritable());
  app.get('/readyz', async (_request, response) => {
    await checkWritable().catch((cause: unknown) => Promise.reject(notReady(cause)));
    response.json({ status: 'ready' });
  });
  addMetricsRoute(app, deps);
  app.get('/api/v1/openapi.json', (_request, response) => void response.json(openApiDocument()));
  const page = keptFor(2000, deps.nowMs, () => overviewPage(deps.view()));
  app.get('/', (_request, response) => {
    response.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    response.type('html').send(page());
  });
}

function addAgentRoutes(app: Express, deps: AppDeps): void {
  app.post(enrolPath, express.raw({ type: () => true, limit: '16kb' }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    response.json(await deps.enrol(body, text(request.headers[signatureHeader])));
  });
  app.get(agentConfigPath, (request, response) => {
    const { headers } = request;
    const agent = text(headers[agentHeader]) ?? '';
    const time = text(headers['x-pantau-time']) ?? '';
    response.json(deps.configurationFor(agent, time, text(headers[signatureHeader])));
  });
  app.get(routerAgentPath, async ({ headers, originalUrl }, response) => {
    const queryAt = originalUrl.indexOf('?');
    const query = new URLSearchParams(queryAt === -1 ? '' : originalUrl.slice(queryAt));
    const script = await deps.routerAgentFor(headers.authorization, query);
    response.type('text/x-shellscript').send(script);
  });
  // An agent that comes in another way must not be asked for an operator's token.
  app.all([reportsPath, routerReportsPath, enrolPath], methodNotAllowed('POST'));
  app.all([agentConfigPath, routerAgentPath, '/metrics'], methodNotAllowed('GET'));
}

function notReady(cause: unknown): AppError {
  return new AppError('not-ready', 'The store cannot be written at the moment.', {
    status: 503,
    retryable: true,
    retryAfterSeconds: 30,
    cause,
  });
}

function addOperatorRoutes(app: Express, deps: AppDeps): void {
  for (const resource of resources) {
    app.get(`/api/v1/${resource.name}`, async (request, response) => {
      const query = readQuery(request.query, resource.query ?? []);
      const limit = wholeNumber(request.query, 'limit', { least: 1, most: 1000, otherwise: 100 });
      const offset = wholeNumber(request.query, 'offset', { least: 0, most: 1e9, otherwise: 0 });
      const view = deps.view();
      const all = (await resource.rows(view, query)) as { pd?: string }[];
      const { pd } = query;
      const rows = pd === undefined ? all : all.filter((row) => row.pd === pd);
      if (pd !== undefined && rows.length === 0) expectDepartment(view, pd);
      const page = rows.slice(offset, offset + limit);
      const items = resource.shown === undefined ? page : await resource.shown(view, page);
      response.json({ items, totalCount: rows.length });
    });
  }
  addIncidentRoutes(app, deps.view);
  addObligationRoutes(app, deps.view);
}
