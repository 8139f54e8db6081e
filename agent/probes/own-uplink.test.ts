import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { withOwnUplinkChecked } from './own-uplink.ts';

const result = (name: string, state: ReportProbe['state'], more: Partial<ReportProbe> = {}): ReportProbe => ({
  name,
  kind: 'icmp',
  layer: 'wan',
  target: '10.1.1.1',
  state,
  sentCount: 5,
  receivedCount: state === 'up' ? 5 : 0,
  ...(state === 'up' ? {} : { reason: 'no-answer' }),
  ...more,
});
const foreign = { pd: 'dinkes', site: 'kantor' };
const statesOf = (results: ReportProbe[], answered = true) =>
  withOwnUplinkChecked(results, answered).map(({ state }) => state);
const silence = [result('lan', 'down'), result('a', 'down', foreign), result('b', 'down', foreign)];

describe('own uplink check', () => {
  it('makes foreign results unknown when nothing answers any more', () => {
    expect(withOwnUplinkChecked([...silence, result('wan', 'down')], true)).toEqual([
      result('lan', 'down'),
      result('a', 'unknown', { ...foreign, reason: 'own-uplink-down' }),
      result('b', 'unknown', { ...foreign, reason: 'own-uplink-down' }),
      result('wan', 'down'),
    ]);
  });

  it.each([
    { name: 'the gateway has never answered', results: silence, answered: false },
    { name: 'there is no gateway', results: silence.slice(1), answered: true },
    { name: 'the gateway answers', results: [result('lan', 'up'), ...silence.slice(1)], answered: true },
    {
      name: 'the gateway could not be probed',
      results: [result('lan', 'unknown'), ...silence.slice(1)],
      answered: true,
    },
    { name: 'another site answers', results: [...silence, result('c', 'up', foreign)], answered: true },
    { name: 'only one foreign target is probed', results: silence.slice(0, 2), answered: true },
  ])('keeps the measurement when $name', ({ results, answered }) => {
    expect(withOwnUplinkChecked(results, answered)).toEqual(results);
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])(
    'is not fooled by an answer of this machine itself at %s',
    (target) => {
      expect(statesOf([...silence, result('self', 'up', { target })])).toEqual(['down', 'unknown', 'unknown', 'up']);
    },
  );

  it('never turns an answer or an own result into something else, and never makes anything up or down', () => {
    const one = fc.record({
      name: fc.constantFrom('lan', 'wan', 'x'),
      state: fc.constantFrom('up', 'down', 'unknown'),
      isForeign: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one), fc.boolean(), (rows, answered) => {
        const before = rows.map(({ name, state, isForeign }) => result(name, state, isForeign ? foreign : {}));
        const after = withOwnUplinkChecked(before, answered);
        expect(after).toHaveLength(before.length);
        const changed = after.flatMap((now, index) => (now === before[index] ? [] : [{ now, was: before[index] }]));
        for (const { now, was } of changed) {
          expect(was?.state).not.toBe('up');
          expect(was?.pd).toBe('dinkes');
          expect(now).toEqual({ ...was, state: 'unknown', reason: 'own-uplink-down' });
        }
      }),
    );
  });
});
