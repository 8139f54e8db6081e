import type { Express, Request, Response } from 'express';
import type { IncomingMessage } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import { isPingPath, parsePing, pushPath } from '../intake/parse-ping.ts';
import { type PingBody, pingBodyLimitBytes, readPingBody } from '../intake/ping-body.ts';
import type { AdmittedPing, Pings } from '../intake/pings.ts';

/** The address from which a request comes. */
type PeerOf = (request: IncomingMessage) => string | undefined;

/**
 * `/ping/…` answers word for word as Healthchecks does, so that its clients work unchanged: every method counts, and
 * `/api/push/…` answers as Uptime Kuma does.
 */
export function addPingRoutes(app: Express, pings: Pings, peerOf: PeerOf): void {
  app.use((request, response, next) => {
    if (isPingPath(request.path)) takePing({ pings, peerOf }, request, response, next);
    else next();
  });
}

type Outcome = AppError | 'done';

interface Door {
  pings: Pings;
  peerOf: PeerOf;
}

function takePing(door: Door, request: Request, response: Response, next: (error: unknown) => void): void {
  const admitted = admit(door.pings, request);
  // The body is read even when nobody wants it: a client that still sends may never see the answer.
  readPingBody(request, (body) => {
    accept(door, admitted, body, request).then((outcome) => answer(request, response, outcome, body), next);
  });
}

function admit(pings: Pings, { path, originalUrl }: Request): AdmittedPing | AppError {
  const queryAt = originalUrl.indexOf('?');
  const query = new URLSearchParams(queryAt === -1 ? '' : originalUrl.slice(queryAt));
  try {
    return pings.admit(parsePing(path, query));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function accept(
  { pings, peerOf }: Door,
  admitted: AdmittedPing | AppError,
  body: PingBody,
  request: Request,
): Promise<Outcome> {
  if (admitted instanceof AppError) return admitted;
  // Not what a header of just anybody says of it: this stays as evidence.
  const remoteAddress = peerOf(request) ?? '';
  try {
    await pings.accept(admitted, body, { userAgent: request.get('user-agent') ?? '', remoteAddress });
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function answer(request: Request, response: Response, outcome: Outcome, { isWhole }: PingBody): void {
  response.set('cache-control', 'no-cache, no-store, must-revalidate, private');
  if (!isWhole || isInVain(outcome)) response.set('connection', 'close');
  if (outcome !== 'done' && outcome.retryAfterSeconds !== undefined) {
    response.set('retry-after', String(outcome.retryAfterSeconds));
  }
  if (request.path.startsWith(pushPath)) answerPush(response, outcome);
  else if (outcome === 'done') {
    response.set({ 'ping-body-limit': String(pingBodyLimitBytes), 'access-control-allow-origin': '*' });
    response.type('text/plain').send('OK');
  } else response.status(outcome.status).type('text/plain').send(outcome.message);
}

/** Whoever tries out addresses, or calls too often, pays for a new connection each time. */
function isInVain(outcome: Outcome): boolean {
  return outcome !== 'done' && (outcome.code === 'unknown-address' || outcome.code === 'too-many-requests');
}

function answerPush(response: Response, outcome: Outcome): void {
  if (outcome === 'done') {
    response.json({ ok: true });
    return;
  }
  const msg = outcome.code === 'unknown-address' ? 'Monitor not found or not active.' : outcome.message;
  response.status(outcome.status).json({ ok: false, msg });
}
