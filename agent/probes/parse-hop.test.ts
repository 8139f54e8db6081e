import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaErrors } from '../sensors/report-checks.ts';
import { parseHop } from './parse-hop.ts';

const summary = '\n--- 10.2.0.1 ping statistics ---\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n';
const pinging = (line: string) => `PING 10.2.0.1 (10.2.0.1) 56(84) bytes of data.\n${line}\n${summary}`;

describe('parseHop', () => {
  it.each([
    {
      line: '64 bytes from 10.2.0.1: icmp_seq=1 ttl=63 time=0.179 ms',
      expected: { met: 'target', address: '10.2.0.1', roundTripSeconds: 0.000179 },
    },
    {
      line: '64 bytes from fe80::1%eth0: icmp_seq=1 ttl=64 time=812 ms',
      expected: { met: 'target', address: 'fe80::1%eth0', roundTripSeconds: 0.812 },
    },
    {
      line: '64 bytes from fd00::: icmp_seq=1 ttl=64 time=1.00 ms',
      expected: { met: 'target', address: 'fd00::', roundTripSeconds: 0.001 },
    },
    {
      line: 'From 10.1.0.254 icmp_seq=1 Time to live exceeded',
      expected: { met: 'router', address: '10.1.0.254' },
    },
    {
      line: 'From fd00::fe icmp_seq=1 Time exceeded: Hop limit',
      expected: { met: 'router', address: 'fd00::fe' },
    },
    {
      line: 'From 10.1.0.254 icmp_seq=1 Destination Net Unreachable',
      expected: { met: 'unreachable', address: '10.1.0.254' },
    },
    { line: 'From 10.1.0.254 icmp_seq=1 Packet filtered', expected: { met: 'unreachable', address: '10.1.0.254' } },
    { line: 'From 10.1.0.1 icmp_seq=1 Destination Host Unreachable', expected: { met: 'unreachable' } },
    { line: '', expected: { met: 'silence' } },
  ])('reads "$line"', ({ line, expected }) => {
    expect(parseHop(pinging(line), ['127.0.0.1', '10.1.0.1'])).toEqual(expected);
  });

  it('knows that there is no way before anything was sent', () => {
    expect(parseHop('ping: connect: Network is unreachable\n', [])).toEqual({ met: 'unreachable' });
  });

  it('says that it was no ping', () => {
    expect(() => parseHop('ping: socket: Operation not permitted\n', [])).toThrow(
      expect.objectContaining({ code: 'ping-unavailable' }),
    );
  });

  it('makes of any output either a hop that fits the report or “ping-unavailable”', () => {
    const word = fc.constantFrom(
      '64 bytes from',
      'From ',
      ' icmp_seq=1',
      'time=',
      ' ms',
      '\n',
      '1',
      '::',
      'x'.repeat(90),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 9 }))), (words) => {
        let hop;
        try {
          const { met: _, ...rest } = parseHop(words.join(''), []);
          hop = rest;
        } catch (error) {
          expect(error).toMatchObject({ code: 'ping-unavailable' });
          return;
        }
        const result = {
          name: 'p',
          kind: 'path',
          layer: 'wan',
          target: 't',
          state: 'up',
          sentCount: 1,
          receivedCount: 1,
        };
        expect(schemaErrors('probes', [{ ...result, hops: [hop] }])).toEqual([]);
      }),
    );
  });
});
