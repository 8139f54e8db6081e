import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Random } from '../../shared/clock.ts';
import { AppError, toProblem } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { agentHeader, signatureHeader } from '../../shared/wire.ts';
import { bodyTooLarge, collectBody, discardBody } from './collect-body.ts';
import type { Intake, IntakeRequest } from './intake.ts';
import type { RouterTokens } from './router-tokens.ts';
import type { SenderProof } from './sender-proof.ts';
import { createWorkQueue } from './work-queue.ts';

/** Largest request body: fifty reports of a very large server, compressed, fit many times. */
export const maxBodySizeBytes = 512 * 1024;

export interface ReportsEndpointOptions {
  intake: Intake;
  routers: RouterTokens;
  clock: Clock;
  random: Random;
  logger: Logger;
  /** The address from which a request comes. */
  peerOf(request: IncomingMessage): string | undefined;
  count(outcome: string, reportCount: number): void;
}

/** What both ways in have in common: who sends is known or not, the body is still to be read. */
function createReceiving(options: ReportsEndpointOptions) {
  const { intake, clock, random, logger, peerOf } = options;
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

  function turnAway(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const known = counted(error);
    discardBody(request, 2 * maxBodySizeBytes, () => answerProblem(response, known, true));
  }

  function take(request: IncomingMessage, response: ServerResponse, sender: SenderProof & { agent: string }): void {
    const { headers } = request;
    try {
      intake.admit(sender.agent);
      if (Number(headers['content-length'] ?? 0) > maxBodySizeBytes) throw bodyTooLarge(maxBodySizeBytes);
    } catch (error) {
      turnAway(request, response, error);
      return;
    }
    collectBody(request, maxBodySizeBytes, (error, body) => {
      if (error !== undefined) {
        refuse(response, error, true);
        return;
      }
      const encoding = headers['content-encoding'] ?? 'identity';
      const entry = { ...sender, encoding, body, remoteAddress: peerOf(request) };
      if (!queue.add(() => work(entry, response), body.length + 1024)) refuse(response, overloaded(random), false);
    });
  }

  return { take, turnAway };
}

/**
 * `POST /api/v1/reports` and its sister for routers on the bare server, in front of express: this is the path that all
 * agents take each minute.
 */
export function createReportsEndpoint(options: ReportsEndpointOptions) {
  const { take, turnAway } = createReceiving(options);
  return {
    /** From agents that sign. */
    signed(request: IncomingMessage, response: ServerResponse): void {
      const { [agentHeader]: agent, [signatureHeader]: signature } = request.headers;
      if (typeof agent === 'string') {
        take(request, response, { agent, signature: typeof signature === 'string' ? signature : undefined });
        return;
      }
      const message = `The header ${agentHeader} is missing.`;
      turnAway(request, response, new AppError('no-agent', message, { status: 401, field: agentHeader }));
    },
    /** From routers that show a token. */
    shown(request: IncomingMessage, response: ServerResponse): void {
      // Without a listener a connection that breaks meanwhile would end the process.
      request.on('error', () => {});
      options.routers.recognise(request.headers.authorization).then(
        ({ agent, tokenHash }) => take(request, response, { agent, signature: undefined, tokenHash }),
        (error: unknown) => turnAway(request, response, error),
      );
    },
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
