import { describe, expect, it } from 'vitest';
import { minimal, parse } from '../config/bad-config.test-kit.ts';
import { lanOperatorOf } from './owner.ts';
import { regulationNamed } from './regulations/registry.ts';
import { nowMs, register } from './rules/registers/register.test-kit.ts';
import { withDecrees } from './with-decrees.ts';

const config = parse(`${minimal}
  - { id: dinkes, name: Dinas Kesehatan }
  - { id: rsud, name: RSUD, mandiriTik: true }
`);
const lebong = regulationNamed('lebong-perbup-22-2022') ?? {};
const decree = (pd: string, more: Record<string, string> = {}) => ({
  pd,
  number: '1/2026',
  from: '2026-01-01',
  ...more,
});

function operators(rows: ReturnType<typeof decree>[]): Record<string, string> {
  const { perangkatDaerah } = withDecrees(config, { registers: register({ 'mandiri-tik': rows }), nowMs });
  return Object.fromEntries(
    perangkatDaerah.slice(1).map((department) => [department.id, lanOperatorOf(department, lebong)]),
  );
}

describe('the configuration with the decrees of the register', () => {
  it('lets a department run its LAN while its decree is valid, whatever the configuration says', () => {
    expect(operators([decree('dinkes')])).toEqual({ dinkes: 'perangkat-daerah', rsud: 'perangkat-daerah' });
    expect(operators([decree('rsud', { until: '2026-11-24' })])).toEqual({ dinkes: 'diskominfo', rsud: 'diskominfo' });
    expect(operators([decree('rsud', { until: '2026-11-25' })])['rsud']).toBe('perangkat-daerah');
  });

  it('is the configuration itself where no decree is entered, and as that says where none has begun', () => {
    expect(withDecrees(config, { registers: register(), nowMs })).toBe(config);
    expect(withDecrees(config, { nowMs })).toBe(config);
    expect(operators([decree('dinkes', { from: '2026-12-01' })])).toEqual({
      dinkes: 'diskominfo',
      rsud: 'perangkat-daerah',
    });
  });
});
