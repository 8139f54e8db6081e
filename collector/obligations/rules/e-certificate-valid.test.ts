import { describe, expect, it } from 'vitest';
import type { Judgement } from '../rule.ts';
import { eCertificateValid } from './e-certificate-valid.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { dayStart, nowMs, reference, register } from './registers/register.test-kit.ts';

const held = (holder: string, validUntil: string, more = {}) => ({ pd: 'dinkes', holder, validUntil, ...more });
const judge = (rows: ReturnType<typeof held>[], params = {}): Judgement =>
  eCertificateValid.judge(department({ registers: register({ certificate: rows }) }), params, nowMs);

describe('e-certificate-valid', () => {
  it('says that none is entered', () => {
    expect(judge([held('Kepala Dinas', '2027-06-01', { pd: 'dukcapil' })])).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'no-certificate',
      evidence: [],
    });
  });

  it('names the first that ends', () => {
    expect(judge([held('Kepala Dinas', '2027-06-01'), held('Sekretaris', '2027-03-01')])).toEqual({
      status: 'compliant',
      reasonCode: 'valid',
      reasonArgs: { holderCount: 2, holder: 'Sekretaris', untilDay: '2027-03-01' },
      evidence: [reference('certificate', 2), reference('certificate', 1)],
      recheckAtMs: dayStart('2026-12-31'),
    });
  });

  it('warns sixty days before the end, and finds it from the day after', () => {
    expect(judge([held('Kepala Dinas', '2026-11-25')])).toMatchObject({ status: 'compliant', reasonCode: 'ends-soon' });
    expect(judge([held('Kepala Dinas', '2026-11-24'), held('Sekretaris', '2027-03-01')])).toEqual({
      status: 'breached',
      exceeded: 'finding',
      sinceAtMs: dayStart('2026-11-25'),
      reasonCode: 'ended',
      reasonArgs: { holder: 'Kepala Dinas', untilDay: '2026-11-24', endedCount: 1 },
      evidence: [reference('certificate')],
      recheckAtMs: dayStart('2026-12-31'),
    });
  });

  it('takes the one of each holder that lasts longest, once it has begun', () => {
    const rows = [held('Kepala Dinas', '2026-01-01'), held('Kepala Dinas', '2028-01-01')];

    expect(judge(rows)).toMatchObject({ status: 'compliant', evidence: [reference('certificate', 2)] });
    const later = held('Kepala Dinas', '2028-01-01', { validFrom: '2026-12-01' });
    expect(judge([held('Kepala Dinas', '2026-01-01'), later]).status).toBe('breached');
  });
});
