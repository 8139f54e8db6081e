import type { TestAgent } from '../kit/test-agent.ts';
import { fullEnvelope } from './full-envelope.ts';
import type { Wire } from './real-collector.ts';

/** One kind of bad request and what must be said to it. */
export interface BadCase {
  name: string;
  status: number;
  /** End of the problem's `type`, and the outcome under which it is counted. */
  code: string;
  field?: string;
  wire(agent: TestAgent, nowMs: number, other: TestAgent): Wire;
}

/** The JSON text of a good envelope. */
export const text = (agent: TestAgent, nowMs: number) => JSON.stringify(fullEnvelope(agent, nowMs));
export const signed = (agent: TestAgent, body: Buffer | string, headers: Record<string, string> = {}): Wire => ({
  headers: { ...agent.sign(Buffer.from(body)), ...headers },
  body,
});
export const encoded = (agent: TestAgent, encoding: string, body: Buffer) =>
  signed(agent, body, { 'content-encoding': encoding });

export const invalid = { status: 422, code: 'invalid-report' };
export const report = '/reports/0';
