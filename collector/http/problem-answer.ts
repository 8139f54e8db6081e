import type { NextFunction, Request, Response } from 'express';
import { AppError, messageOf, toProblem } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';

/** The one place where an error becomes an answer: an RFC 9457 problem. */
export function problemAnswer(logger: Logger) {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = asAppError(error);
    if (known.status >= 500) {
      logger.error('a request failed', { code: known.code, cause: messageOf(known.cause ?? error) });
    }
    if (known.retryAfterSeconds !== undefined) response.set('retry-after', String(known.retryAfterSeconds));
    if (known.status === 401) response.set('www-authenticate', 'Bearer');
    response
      .status(known.status)
      .type('application/problem+json')
      .send(JSON.stringify(toProblem(known)));
  };
}

export function notFound(request: Request): never {
  throw new AppError('not-found', `There is nothing at ${request.path.slice(0, 200)}.`, { status: 404 });
}

export function methodNotAllowed(allowed: 'GET' | 'POST') {
  return (request: Request, response: Response): never => {
    if (request.method === allowed) return notFound(request);
    response.set('allow', allowed);
    throw new AppError('method-not-allowed', `${request.path.slice(0, 200)} takes ${allowed} only.`, { status: 405 });
  };
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // Express and its body readers carry the status of the client's mistake.
  const status = Number((error as { status?: unknown } | null)?.status);
  if (status === 413) return new AppError('body-too-large', 'The body is too large.', { status });
  if (status >= 400 && status < 500) return new AppError('bad-request', 'The request cannot be read.', { status });
  return new AppError('internal', 'Unexpected failure; see the log of the collector.', { status: 500, cause: error });
}
