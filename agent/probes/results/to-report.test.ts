import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaErrors } from '../../sensors/report-checks.ts';
import { toReport } from './to-report.ts';

const target = { name: 't', kind: 'tls', layer: 'wan', host: 'a.example', packetCount: 1, timeoutSeconds: 1 } as const;
const counts = { state: 'up', sentCount: 1, receivedCount: 1 } as const;

describe('result in a report', () => {
  it('keeps everything that was learnt', () => {
    const learnt = {
      reason: 'icmp-unavailable-used-tcp',
      roundTripSeconds: 0.1,
      phases: { connectSeconds: 0.1 },
      httpStatus: 200,
      answers: ['10.0.0.1'],
      hops: [{}, { address: '10.0.0.1', roundTripSeconds: 0.1 }],
    };
    expect(toReport(target, { ...counts, ...learnt, kind: 'tcp' })).toEqual({
      name: 't',
      kind: 'tcp',
      layer: 'wan',
      target: 'a.example',
      ...counts,
      ...learnt,
    });
  });

  it('fits the schema whatever the network says, and however much', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('x'.repeat(999)), fc.constant(''));
    const certificate = fc.record({ subject: text, issuer: text, trust: text });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), certificate, text, (texts, names, reason) => {
        const report = toReport(
          { ...target, name: reason },
          {
            ...counts,
            reason,
            answers: texts,
            hops: texts.map((address) => ({ address })),
            certificate: { ...names, notAfter: '2027-01-01T00:00:00.000Z', fingerprint: 'a'.repeat(64) },
          },
        );
        expect(schemaErrors('probes', [report])).toEqual([]);
      }),
    );
  });
});
