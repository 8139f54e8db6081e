import { describe, expect, it } from 'vitest';
import { testConfig } from '../../test/kit/judging-bench.ts';
import { regulationNamed } from './regulations/registry.ts';
import { dayStart, nowMs, reference, register } from './rules/registers/register.test-kit.ts';
import { waiverOf } from './waivers.ts';

const obligation =
  regulationNamed('lebong-perbup-22-2022')?.obligations.find(({ rule }) => rule === 'website-exists') ??
  regulationNamed('lebong-perbup-22-2022')?.obligations[0];
if (obligation === undefined) throw new Error('no duty');
const duty = { obligation, pd: 'dinkes' };
type Row = Record<string, string>;
const letter = (more: Row = {}): Row => ({
  pd: 'dinkes',
  obligation: obligation.id,
  number: '800/1/2026',
  reason: 'Gedung direnovasi',
  until: '2026-12-31',
  ...more,
});
const waived = [{ pd: 'dinkes', number: '800/9/2026', reason: 'Pindah kantor', until: '2027-06-30' }];

function waiver(rows: Row[], configured: typeof waived = []) {
  const config = {
    ...testConfig(),
    timezone: 'Asia/Jakarta',
    obligations: { [obligation?.id ?? '']: { waived: configured } },
  };
  return waiverOf(duty, { config, registers: register({ waiver: rows }), nowMs });
}

describe('a waiver', () => {
  it('of the register holds for the days that its letter names, and is cited', () => {
    expect(waiver([letter()])).toEqual({
      waiver: {
        number: '800/1/2026',
        reason: 'Gedung direnovasi',
        from: '',
        until: '2026-12-31',
        reference: reference('waiver'),
      },
      changesAtMs: dayStart('2027-01-01'),
    });
  });

  it.each<[string, Row]>([
    ['has ended', { until: '2026-11-24' }],
    ['is for another duty', { obligation: 'lebong-lain' }],
    ['is for another department', { pd: 'dukcapil' }],
  ])('that %s lifts nothing', (_name, more) => {
    expect(waiver([letter(more)]).waiver).toBeUndefined();
  });

  it('begins with its first day and lasts for the whole of its last', () => {
    expect(waiver([letter({ from: '2026-12-01' })])).toEqual({
      waiver: undefined,
      changesAtMs: dayStart('2026-12-01'),
    });
    expect(waiver([letter({ from: '2026-11-25', until: '2026-11-25' })])).toMatchObject({
      waiver: { number: '800/1/2026' },
      changesAtMs: dayStart('2026-11-26'),
    });
  });

  it('counts wherever it is told; the one that lasts longest is cited', () => {
    expect(waiver([], waived).waiver).toMatchObject({ number: '800/9/2026' });
    expect(waiver([letter()], waived)).toMatchObject({
      waiver: { number: '800/9/2026', until: '2027-06-30' },
      changesAtMs: dayStart('2027-01-01'),
    });
    expect(waiver([])).toEqual({ waiver: undefined, changesAtMs: undefined });
  });
});
