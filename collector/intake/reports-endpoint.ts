import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Random } from '../../shared/clock.ts';
import { AppError, toProblem } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { agentHeader, signatureHeader } from '../../shared/wire.ts';
import { bodyTooLarge, collectBody, discardBody } from './collect-body.ts';
import type { Intake, IntakeRequest } from './intake.ts';
import { createWorkQueue } from './work-queue.ts';

/** Largest request body: fifty reports of a very large server, compressed, fit many times. */
export const maxBodySizeBytes = 512 * 1024;

export interface ReportsEndpointOptions {
  intake: Intake;
  clock: Clock;
  random: Random;
  logger: Logger;
  count(outcome: string, reportCount: number): void;
}

/** `POST /api/v1/reports` on the bare server, in front of express: this is the path that all agents take each minute. */
export function createReportsEndpoint(options: ReportsEndpointOptions) {
  const { intake, clock, random, logger } = options;
  const queue = createWorkQueue({ turnMs: 8, maxCount: 4000, maxWeightBytes: 64 * 1024 * 1024, clock });

  function counted(error: unknown): AppError {
    if (!(error instanceof AppError)) logger.error('a report could not be handled', { cause: String(error) });
    const known = error instanceof AppError ? error : new AppError('internal', 'Unexpected failure.', { status: 500 });
    options.count(known.code, 1);
    return known;
  }

  function refuse(response: ServerResponse, error: unknown, close: boolean): void {
    answerProblem(response, counted(error), close);
  }

  function work(request: IntakeRequest, response: ServerResponse): void {
    intake.accept(request).then(
      (ack) => {
        const body = JSON.stringify(ack);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        response.end(body);
      },
      (error: unknown) => refuse(response, error, false),
    );
  }

  return function handle(request: IncomingMessage, response: ServerResponse): void {
    const { headers } = request;
    const agent = headers[agentHeader];
    const signature = headers[signatureHeader];
    try {
      if (typeof agent !== 'string') {
        throw new AppError('no-agent', `The header ${agentHeader} is missing.`, { status: 401, field: agentHeader });
      }
      intake.admit(agent);
      if (Number(headers['content-length'] ?? 0) > maxBodySizeBytes) throw bodyTooLarge(maxBodySizeBytes);
    } catch (error) {
      const known = counted(error);
      discardBody(request, 2 * maxBodySizeBytes, () => answerProblem(response, known, true));
      return;
    }
    collectBody(request, maxBodySizeBytes, (error, body) => {
      if (error !== undefined) {
        refuse(response, error, true);
        return;
      }
      const encoding = headers['content-encoding'] ?? 'identity';
      const entry = { agent, signature: typeof signature === 'string' ? signature : undefined, encoding, body };
      if (!queue.add(() => work(entry, response), body.length + 1024)) refuse(response, overloaded(random), false);
    });
  };
}

function answerProblem(response: ServerResponse, error: AppError, close: boolean): void {
  const body = JSON.stringify(toProblem(error));
  response.writeHead(error.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
    ...(close ? { connection: 'close' } : {}),
  });
  response.end(body);
}

/** Spread over half a minute, so that the crowd does not come back as a crowd. */
function overloaded(random: Random): AppError {
  return new AppError('overloaded', 'Too many reports are waiting; send it again later.', {
    status: 503,
    retryable: true,
    retryAfterSeconds: 5 + Math.floor(random() * 25),
  });
}
