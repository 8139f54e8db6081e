import { AppError } from '../../shared/errors.ts';
import { cleanReason } from '../sensors/clean-text.ts';
import type { ExchangeAnswer } from './http-exchange.ts';

const longestRetryAfterSeconds = 3600;
/** Nothing but an administrator can help: ask seldom, and keep everything meanwhile. */
const refusedRetryAfterSeconds = 300;
const permanentStatuses = new Set([400, 413, 415, 422]);
const problemPrefix = 'urn:pantau:problem:';

/**
 * What an answer outside 2xx means. Only the collector's own problem document can refuse a report for good: a proxy
 * in between that answers 400 to everything must not cost a month of history.
 *
 * Codes: `collector-busy` (429, 503), `agent-refused` (401, 403), `report-refused` (not retryable), `collector-failed`.
 * @param nowMs wall clock, for a Retry-After that is a date where the answer has no Date of its own.
 */
export function answerProblem(answer: ExchangeAnswer, nowMs: number): AppError {
  const { status } = answer;
  const { type, detail } = problemOf(answer.body);
  const said = cleanReason(detail ?? `HTTP status ${status}`);
  if (status === 429 || status === 503) {
    const retryAfterSeconds = parseRetryAfter(answer, nowMs);
    const options = { status, retryable: true, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
    return new AppError('collector-busy', `The collector asks to wait: ${said}`, options);
  }
  if (status === 401 || status === 403) {
    const options = { status, retryable: true, retryAfterSeconds: refusedRetryAfterSeconds };
    return new AppError('agent-refused', `The collector does not accept this agent: ${said}`, options);
  }
  if (permanentStatuses.has(status) && type?.startsWith(problemPrefix) === true) {
    return new AppError('report-refused', said, { status });
  }
  return new AppError('collector-failed', `The collector could not take it: ${said}`, { status, retryable: true });
}

/** Seconds to wait, at most an hour; RFC 9110 section 10.2.3 allows a number or a date. */
export function parseRetryAfter({ headers }: Pick<ExchangeAnswer, 'headers'>, nowMs: number): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text), longestRetryAfterSeconds);
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return undefined;
  // Both dates are by the collector's clock, so that ours may be wrong.
  const collectorNowMs = Date.parse(headers.date ?? '');
  const waitMs = atMs - (Number.isNaN(collectorNowMs) ? nowMs : collectorNowMs);
  return Math.min(Math.max(0, Math.ceil(waitMs / 1000)), longestRetryAfterSeconds);
}

function problemOf(body: Buffer): { type?: string; detail?: string } {
  try {
    const problem = JSON.parse(body.toString('utf8')) as Record<string, unknown> | null;
    const { type, detail } = problem ?? {};
    return {
      ...(typeof type === 'string' ? { type } : {}),
      ...(typeof detail === 'string' ? { detail } : {}),
    };
  } catch {
    return {};
  }
}
