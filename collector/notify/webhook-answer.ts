import { addAbortSignal, type Readable } from 'node:stream';
import type { TemplateFields } from './webhook-body.ts';

/** What of an answer counts; gateways answer a few hundred bytes. */
const maxAnswerSizeBytes = 16_384;

/** The start of an answer's body; the rest is not read. */
export async function readAnswer(body: Readable, signal: AbortSignal): Promise<string> {
  addAbortSignal(signal, body);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= maxAnswerSizeBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxAnswerSizeBytes).toString('utf8');
}

/** True when the answer is a JSON object that holds every expected field with its value. */
export function answerHolds(expected: TemplateFields, answer: string): boolean {
  const fields = fieldsOf(answer);
  return Object.entries(expected).every(([name, value]) => fields.get(name) === value);
}

/** The sentence in which gateways say why they refuse, or an empty text. */
export function reasonOf(answer: string): string {
  const fields = fieldsOf(answer);
  for (const name of ['detail', 'description', 'reason', 'message', 'error', 'title']) {
    const value = fields.get(name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/**
 * Seconds that a Retry-After header asks for (RFC 9110, section 10.2.3). A date is compared with the answer's own Date
 * header, so that a receiver with a wrong clock still means the same span.
 */
export function retryAfterSecondsOf(retryAfter: unknown, date: unknown): number | undefined {
  if (typeof retryAfter !== 'string') return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const seconds = (Date.parse(retryAfter) - Date.parse(String(date))) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined;
}

function fieldsOf(answer: string): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(answer);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
