import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { parsePing } from './parse-ping.ts';
import type { ProbeResult } from './probe.ts';

const head = 'PING 10.1.1.1 (10.1.1.1) 56(84) bytes of data.\n';
const answer = (seq: number, ms: string, note = '') =>
  `64 bytes from 10.1.1.1: icmp_seq=${seq} ttl=64 time=${ms} ms${note}\n`;
const iputils = (sent: number, received: number, note = '') =>
  `\n--- 10.1.1.1 ping statistics ---\n${sent} packets transmitted, ${received} received,${note} ${((sent - received) / sent) * 100}% packet loss, time 813ms\n`;

/** What the runner would make of it when ping cannot be used stands in for a result. */
function resultOf(output: string): ProbeResult {
  try {
    return parsePing('10.1.1.1', output, 2);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ping-unavailable') throw error;
    return { state: 'unknown', reason: error.code, sentCount: 0, receivedCount: 0 };
  }
}

describe('parsePing', () => {
  it.each([
    {
      name: 'all answered',
      output: head + answer(1, '0.213') + answer(2, '0.037') + iputils(2, 2),
      expected: { state: 'up', sentCount: 2, receivedCount: 2, roundTripSeconds: 0.000125 },
    },
    {
      name: 'some lost',
      output: head + answer(1, '10.0') + answer(4, '30.0') + iputils(5, 2),
      expected: { state: 'up', sentCount: 5, receivedCount: 2, roundTripSeconds: 0.02 },
    },
    {
      name: 'duplicates, which are not answers to more packets',
      output:
        head + answer(1, '1.00') + answer(1, '2.00', ' (DUP!)') + answer(2, '3.00') + iputils(2, 2, ' +1 duplicates,'),
      expected: { state: 'up', sentCount: 2, receivedCount: 2, roundTripSeconds: 0.002 },
    },
    {
      name: 'none answered',
      output: head + iputils(2, 0),
      expected: { state: 'down', reason: 'no-answer', sentCount: 2, receivedCount: 0 },
    },
    {
      name: 'a router that answers for the target',
      output: `${head}From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n${iputils(2, 0, ' +2 errors,')}`,
      expected: { state: 'down', reason: 'no-answer', sentCount: 2, receivedCount: 0 },
    },
    {
      name: 'no route',
      output: 'ping: connect: Network is unreachable\n',
      expected: { state: 'down', reason: 'unreachable', sentCount: 2, receivedCount: 0 },
    },
    {
      name: 'a name that does not exist',
      output: 'ping: host.invalid: Name or service not known\n',
      expected: { state: 'down', reason: 'name-not-resolved', sentCount: 2, receivedCount: 0 },
    },
    {
      name: 'the ping of BusyBox, as on routers',
      output:
        'PING 10.1.1.1 (10.1.1.1): 56 data bytes\n64 bytes from 10.1.1.1: seq=0 ttl=64 time=1.500 ms\n\n--- 10.1.1.1 ping statistics ---\n' +
        '2 packets transmitted, 1 packets received, 50% packet loss\nround-trip min/avg/max = 1.500/1.500/1.500 ms\n',
      expected: { state: 'up', sentCount: 2, receivedCount: 1, roundTripSeconds: 0.0015 },
    },
    {
      name: 'a name that BusyBox cannot resolve',
      output: "ping: bad address 'host.invalid'\n",
      expected: { state: 'down', reason: 'name-not-resolved', sentCount: 2, receivedCount: 0 },
    },
  ])('reads $name', ({ output, expected }) => {
    expect(parsePing('10.1.1.1', output, 2)).toEqual(expected);
  });

  it('makes of any output either a result that fits the report or “ping-unavailable”', () => {
    const lines = fc.constantFrom(
      head,
      answer(1, '1.0'),
      answer(2, 'x'),
      iputils(3, 1),
      iputils(9999, 9999),
      'PING (\n',
      '= = =\n',
      'a\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string({ unit: 'binary' }))), (parts) => {
        const result = resultOf(parts.join(''));
        const report = { name: 't', kind: 'icmp', layer: 'lan', target: '10.1.1.1', ...result };
        expect(schemaErrors('probes', [report])).toEqual([]);
        expect(result.receivedCount).toBeLessThanOrEqual(result.sentCount);
        expect(result.state === 'up').toBe(result.receivedCount > 0);
      }),
    );
  });
});
