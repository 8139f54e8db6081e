import { expect } from 'vitest';
import type { RawAnswer } from '../kit/raw-request.ts';
import type { TestAgent } from '../kit/test-agent.ts';
import type { RealCollector, Wire } from './real-collector.ts';

/** Any data, with a good signature. */
export function signed(agent: TestAgent, data: unknown): Wire {
  const body = Buffer.from(JSON.stringify(data));
  return { headers: agent.sign(body), body };
}

/** The problem document of an answer, in short. */
export function problemIn(answer: RawAnswer | undefined): Record<string, unknown> {
  expect(answer?.headers['content-type']).toMatch(/^application\/problem\+json/);
  const { type, status, field, title, detail } = JSON.parse(answer?.text ?? '') as Record<string, unknown>;
  expect([typeof title, typeof detail, status]).toEqual(['string', 'string', answer?.status]);
  return field === undefined ? { type, status } : { type, status, field };
}

export const problem = (code: string, status: number, field?: string) => ({
  type: `urn:pantau:problem:${code}`,
  status,
  ...(field === undefined ? {} : { field }),
});

/** A good report is taken and the process is the one that was started. */
export async function expectStillWorks(collector: RealCollector, agent: TestAgent): Promise<void> {
  const answer = await collector.send(signed(agent, agent.envelope([agent.report(Date.now())], Date.now())));
  expect([answer?.status, JSON.parse(answer?.text ?? '')]).toMatchObject([200, { acceptedCount: 1 }]);
  expect(collector.process.process.exitCode).toBeNull();
}
