import { type SigningPurpose, signBytes } from '../../shared/signing.ts';
import { agentHeader, signatureHeader } from '../../shared/wire.ts';
import { testAgent, type TestAgent } from '../kit/test-agent.ts';
import { type BadCase, report, signed, text } from './bad-case.ts';
import { fullEnvelope, withPart } from './full-envelope.ts';
import type { Wire } from './real-collector.ts';

const badSignature = { status: 401, code: 'bad-signature', field: signatureHeader };
const signature = (
  name: string,
  make: (agent: TestAgent, body: Buffer, other: TestAgent) => string | undefined,
): BadCase => ({
  name,
  ...badSignature,
  wire(agent, nowMs, other) {
    const bytes = Buffer.from(text(agent, nowMs));
    const made = make(agent, bytes, other);
    return {
      headers: { [agentHeader]: agent.id, ...(made === undefined ? {} : { [signatureHeader]: made }) },
      body: bytes,
    };
  },
});
const purposes: SigningPurpose[] = ['enrolment', 'configuration', 'configuration-request'];

const senders: BadCase[] = [
  signature('no signature', () => undefined),
  signature('an empty signature', () => ''),
  signature('a signature of zeros', () => 'A'.repeat(86)),
  signature('a signature that is too long', (agent, bytes) => `${agent.sign(bytes)[signatureHeader]}A`),
  signature('a signature of other bytes', (agent) => agent.sign(Buffer.from('{}'))[signatureHeader]),
  signature('the signature of another agent', (_agent, bytes, other) => other.sign(bytes)[signatureHeader]),
  ...purposes.map((purpose) =>
    signature(`a signature for the purpose ${purpose}`, (agent, bytes) =>
      signBytes(purpose, bytes, agent.keys.privateKey),
    ),
  ),
  {
    name: 'no agent header',
    status: 401,
    code: 'no-agent',
    field: agentHeader,
    wire(agent, nowMs) {
      const wire = signed(agent, text(agent, nowMs));
      delete wire.headers[agentHeader];
      return wire;
    },
  },
  {
    name: 'an agent that is not enrolled',
    status: 401,
    code: 'unknown-agent',
    wire: (_agent, nowMs) => fromStranger(nowMs),
  },
  {
    name: 'an agent that is not enrolled, with a large body',
    status: 401,
    code: 'unknown-agent',
    wire(_agent, nowMs) {
      const { headers } = fromStranger(nowMs);
      return { headers, body: Buffer.alloc(500 * 1024) };
    },
  },
  {
    name: 'an agent id of 5 000 letters',
    status: 401,
    code: 'unknown-agent',
    wire: (agent, nowMs) => signed(agent, text(agent, nowMs), { [agentHeader]: 'a'.repeat(5000) }),
  },
  {
    name: 'an agent id that is a word of the language',
    status: 401,
    code: 'unknown-agent',
    wire: (agent, nowMs) => signed(agent, text(agent, nowMs), { [agentHeader]: '__proto__' }),
  },
  {
    name: 'another agent’s id in the body',
    status: 422,
    code: 'wrong-agent',
    field: '/agent',
    wire: (agent, nowMs, other) => signed(agent, text(other, nowMs)),
  },
  {
    name: 'another agent’s whole request under one’s own id',
    ...badSignature,
    wire(agent, nowMs, other) {
      const wire = signed(other, text(other, nowMs));
      return { ...wire, headers: { ...wire.headers, [agentHeader]: agent.id } };
    },
  },
];

function fromStranger(nowMs: number): Wire {
  const stranger = testAgent({ bootedAtMs: nowMs - 1000 });
  return signed(stranger, text(stranger, nowMs));
}

const dayMs = 86_400_000;
const oldTimes: [name: string, takenAtMs: (nowMs: number) => number, code: string][] = [
  ['a report from tomorrow of an earlier boot', (nowMs: number) => nowMs + dayMs, 'time-in-future'],
  ['a report from the year 9999 of an earlier boot', () => Date.UTC(9999, 11, 31), 'time-in-future'],
  ['a report from 401 days ago of an earlier boot', (nowMs: number) => nowMs - 401 * dayMs, 'time-too-old'],
  ['a report from 1970 of an earlier boot', () => 0, 'time-too-old'],
];
const times = oldTimes.map(([name, takenAtMs, code]): BadCase => ({
  name,
  status: 422,
  code,
  field: `${report}/takenAt`,
  wire(agent, nowMs) {
    const takenAt = new Date(takenAtMs(nowMs)).toISOString();
    const host = { bootId: '0ddb0071', bootedAt: takenAt, uptimeSeconds: 5 };
    return signed(agent, JSON.stringify(fullEnvelope(agent, nowMs, { takenAt, host })));
  },
}));

const later: BadCase = {
  name: 'a report of this boot that is taken after it is sent',
  status: 422,
  code: 'time-in-future',
  field: `${report}/takenAt`,
  wire: (agent, nowMs) =>
    signed(agent, JSON.stringify(withPart(fullEnvelope(agent, nowMs), ['reports', 0, 'host', 'uptimeSeconds'], 1e9))),
};

/** Good reports of the wrong sender, or of the wrong time. */
export const badSenders: readonly BadCase[] = [...senders, ...times, later];
