import { describe, expect, it } from 'vitest';
import { approvalOf, endedApprovalOf } from './bandwidth-approval.ts';
import { nowMs, reference, register, timezone } from './rules/registers/register.test-kit.ts';

const site = { id: 'kantor', approvedBandwidth: { down: 20, up: 10 } };
const entry = (more: Record<string, string | number> = {}) => ({
  pd: 'dinkes',
  site: 'kantor',
  downMbps: 40,
  upMbps: 8,
  number: '555/1/2026',
  from: '2026-01-01',
  ...more,
});
type Row = ReturnType<typeof entry>;
const at = (rows: Row[], given: typeof site | undefined = site) =>
  approvalOf('dinkes', given, {
    config: { timezone },
    registers: register({ 'bandwidth-approval': rows }),
    nowMs,
  });
const configured = { downBytesPerSecond: 2_500_000, upBytesPerSecond: 1_250_000 };
const entered = { downBytesPerSecond: 5_000_000, upBytesPerSecond: 1_000_000 };

describe('the approved bandwidth of a site', () => {
  it('is what the register says for today, before what the configuration says', () => {
    expect(at([entry()])).toEqual({ ...entered, reference: reference('bandwidth-approval') });
    expect(at([])).toEqual(configured);
    expect(at([entry({ until: '2026-11-24' })])).toEqual(configured);
    expect(at([entry({ from: '2026-12-01' })])).toEqual(configured);
    expect(at([entry({ site: 'gudang' }), entry({ pd: 'dukcapil' })])).toEqual(configured);
  });

  it('is the one that began last', () => {
    const rows = [entry({ from: '2026-06-01' }), entry({ downMbps: 1 })];

    expect(at(rows)?.reference).toEqual(reference('bandwidth-approval'));
    expect(at(rows.toReversed())?.reference).toEqual(reference('bandwidth-approval', 2));
  });

  it('has ended where none in the register is valid: the last one to end is named', () => {
    const ended = (rows: Row[]) =>
      endedApprovalOf('dinkes', 'kantor', {
        config: { timezone },
        registers: register({ 'bandwidth-approval': rows }),
        nowMs,
      });
    const [old, older] = [
      entry({ until: '2026-11-24' }),
      entry({ number: '555/9/2025', from: '2025-01-01', until: '2025-12-31' }),
    ];

    expect(ended([old, older])).toEqual({
      number: '555/1/2026',
      untilDay: '2026-11-24',
      reference: reference('bandwidth-approval'),
    });
    expect(ended([old, entry({ from: '2026-11-25' })])).toBeUndefined();
    expect(ended([entry({ until: '2026-11-25' })])).toBeUndefined();
    expect(ended([])).toBeUndefined();
  });

  it('is none where nobody approved anything', () => {
    expect(approvalOf('dinkes', { id: 'kantor' }, { config: { timezone }, nowMs })).toBeUndefined();
  });
});
