import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { decompressWithDictionary } from '../../shared/report-dictionary.ts';
import { EnvelopeSchema } from '../../shared/report-schema.ts';
import { verifyBytes } from '../../shared/signing.ts';
import { gunzipSync } from 'node:zlib';
import { createSimulatedAgent } from './simulated-agent.ts';

const nowMs = Date.UTC(2026, 10, 22, 3, 0, 0);
const agentWith = (seed: number) => createSimulatedAgent({ seed, intervalSeconds: 60, pd: 'rsud', node: 'srv-web' });

describe('a simulated agent', () => {
  it('makes envelopes that fit the schema, whatever its seed and the time', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 50 }), fc.nat(400 * 86_400_000), (seed, count, laterMs) => {
        const agent = agentWith(seed);
        const atMs = nowMs + laterMs;
        const reports = Array.from({ length: count }, (_, place) => agent.report({ takenAtMs: atMs + place * 60_000 }));
        const envelope = agent.envelope(reports, atMs + count * 60_000);
        expect([...Value.Errors(EnvelopeSchema, envelope)]).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('has counters that never go back', () => {
    const traffic = (seed: number, atMs: number) =>
      (agentWith(seed).report({ takenAtMs: atMs, seq: 1 }).interfaces ?? []).flatMap((each) => [
        each.receiveBytes,
        each.transmitBytes,
      ]);
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.nat(86_400_000),
        fc.integer({ min: 1000, max: 86_400_000 }),
        (seed, startMs, gapMs) => {
          const before = traffic(seed, nowMs + startMs);
          const after = traffic(seed, nowMs + startMs + gapMs);
          expect(before.every((count, index) => count < (after[index] ?? 0))).toBe(true);
        },
      ),
    );
  });

  it('says the same again for the same seed, number and time', () => {
    const options = { takenAtMs: nowMs, seq: 7 };
    expect(agentWith(5).report(options)).toEqual(agentWith(5).report(options));
    expect(agentWith(5).id).toBe(agentWith(5).id);
    expect(agentWith(6).id).not.toBe(agentWith(5).id);
    expect(agentWith(6).report(options)).not.toEqual(agentWith(5).report(options));
  });

  it('numbers its reports and resembles a typical server', () => {
    const agent = agentWith(3);
    const [first, second] = [agent.report({ takenAtMs: nowMs }), agent.report({ takenAtMs: nowMs + 60_000 })];
    expect([first.seq, second.seq]).toEqual([1, 2]);
    expect(first.cpu?.busyRatio).toBeUndefined();
    expect([second.filesystems?.length, second.interfaces?.length, second.probes?.length]).toEqual([2, 2, 2]);
    const { body } = agent.signedRequest(agent.envelope([second], nowMs + 60_500), { encoding: 'gzip' });
    expect(body.length).toBeLessThan(2048);
  });

  it.each([
    ['dictionary', 'x-pantau-deflate-1', (body: Buffer) => decompressWithDictionary(body, 1e6)],
    ['gzip', 'gzip', (body: Buffer) => gunzipSync(body)],
    ['identity', undefined, (body: Buffer) => body],
  ] as const)('signs the bytes as they travel with %s', (encoding, header, decode) => {
    const agent = agentWith(4);
    const envelope = agent.envelope([agent.report({ takenAtMs: nowMs })], nowMs);
    const { headers, body } = agent.signedRequest(envelope, { encoding });
    expect(headers['content-encoding']).toBe(header);
    expect(headers['x-pantau-agent']).toBe(agent.id);
    expect(verifyBytes('report', body, agent.keys.publicKey, headers['x-pantau-signature'])).toBe(true);
    expect(JSON.parse(decode(body).toString('utf8'))).toEqual(envelope);
  });
});
