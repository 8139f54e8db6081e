import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { dnsProbe } from './dns.ts';
import { startNameServer, type ZoneEntry } from './name-server.test-kit.ts';
import { type ContractBench, probeContract, refusalContract } from './probe.contract.ts';
import { toReport } from './results/to-report.ts';

const target = {
  name: 't',
  kind: 'dns',
  layer: 'lan',
  host: '127.0.0.1',
  query: 'layanan.example',
  packetCount: 1,
  timeoutSeconds: 2,
} as const;
const { signal } = new AbortController();
const address = { type: 'A', value: '10.10.1.5' };

async function probeOf(entry: ZoneEntry, more: Partial<ProbeConfig> = {}) {
  const server = await startNameServer({ 'layanan.example': entry });
  onTestFinished(() => server.close());
  const told = { ...target, port: server.port, ...more };
  const result = await dnsProbe.probe(told, { signal });
  expect(schemaErrors('probes', [toReport(told, result)])).toEqual([]);
  return { result, asked: server.asked };
}

const bench: ContractBench = {
  importStatement: `import { dnsProbe as probe } from ${JSON.stringify(new URL('dns.ts', import.meta.url).href)};`,
  serve: () => startNameServer({ 'layanan.example': [address] }),
  settings: { query: 'layanan.example' },
  phases: ['waitSeconds'],
  silence: 'timeout',
};
probeContract(dnsProbe, bench);
refusalContract(dnsProbe, bench);

describe('dns probe', () => {
  it.each([
    { recordType: 'A', value: '10.10.1.5', answer: '10.10.1.5' },
    { recordType: 'AAAA', value: 'fd00:0:0:0:0:0:0:5', answer: 'fd00::5' },
    { recordType: 'CNAME', value: 'web.example', answer: 'web.example' },
    { recordType: 'NS', value: 'ns1.example', answer: 'ns1.example' },
    { recordType: 'MX', value: '10 mail.example', answer: '10 mail.example' },
  ] as const)('asks for $recordType and tells the answer', async ({ recordType, value, answer }) => {
    const { result, asked } = await probeOf([{ type: recordType, value }], { recordType });
    expect(result).toMatchObject({ state: 'up', answers: [answer], sentCount: 1, receivedCount: 1 });
    expect(asked).toEqual([`udp ${recordType} layanan.example`]);
  });

  it('expects an answer among those given, names in any case and with a dot at the end', async () => {
    const two = [address, { type: 'A', value: '10.10.1.6' }];
    expect((await probeOf(two, { expectAnswer: '10.10.1.6' })).result).toMatchObject({ state: 'up' });
    const wrong = await probeOf(two, { expectAnswer: '10.10.1.7' });
    expect(wrong.result).toMatchObject({
      state: 'down',
      reason: 'unexpected-answer',
      answers: ['10.10.1.5', '10.10.1.6'],
      receivedCount: 0,
    });
    const name = await probeOf([{ type: 'NS', value: 'ns1.example' }], {
      recordType: 'NS',
      expectAnswer: 'NS1.example.',
    });
    expect(name.result).toMatchObject({ state: 'up' });
  });

  it('tells eight answers of many, and expects one of all', async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ type: 'A', value: `10.10.1.${index}` }));
    const values = new Set(many.map(({ value }) => value));
    for (const expectAnswer of ['10.10.1.0', '10.10.1.19']) {
      const { result } = await probeOf(many, { expectAnswer });
      expect(result.state).toBe('up');
      expect(result.answers).toHaveLength(8);
      expect(result.answers?.every((answer) => values.has(answer))).toBe(true);
    }
  });

  it('asks again by TCP when the answer has no room', async () => {
    const { result, asked } = await probeOf({ tooLong: [address] });
    expect(result).toMatchObject({ state: 'up', answers: ['10.10.1.5'] });
    expect(asked).toEqual(['udp A layanan.example', 'tcp A layanan.example']);
  });

  it.each([
    { entry: 'noSuchName', reason: 'no-such-name' },
    { entry: [], reason: 'no-such-record' },
    { entry: 'failed', reason: 'server-failed' },
    { entry: 'refused', reason: 'query-refused' },
    { entry: 'silent', reason: 'timeout' },
  ] as const)('finds a server down that answers $entry', async ({ entry, reason }) => {
    const { result } = await probeOf(Array.isArray(entry) ? [...entry] : (entry as ZoneEntry), { timeoutSeconds: 0.5 });
    expect(result).toEqual({ state: 'down', reason, sentCount: 1, receivedCount: 0 });
  });

  it('finds a server down that answers nonsense', async () => {
    const { result } = await probeOf('garbage', { timeoutSeconds: 0.5 });
    expect(result).toMatchObject({ state: 'down', receivedCount: 0 });
    expect(['bad-answer', 'timeout']).toContain(result.reason);
  });

  it('does not know without a name to ask for', async () => {
    const { query: _, ...without } = target;
    expect(await dnsProbe.probe(without, { signal })).toEqual({
      state: 'unknown',
      reason: 'query-missing',
      sentCount: 0,
      receivedCount: 0,
    });
  });
});
