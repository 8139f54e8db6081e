import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportProbe } from '../../shared/report-schema.ts';
import type { OwnLink } from './own-link.ts';
import { withOwnUplinkChecked } from './own-uplink.ts';

let lastTarget = 0;
const result = (name: string, state: ReportProbe['state'], more: Partial<ReportProbe> = {}): ReportProbe => ({
  name,
  kind: 'icmp',
  layer: 'wan',
  target: `10.1.${Math.floor(++lastTarget / 250)}.${lastTarget % 250}`,
  state,
  sentCount: 5,
  receivedCount: state === 'up' ? 5 : 0,
  ...(state === 'up' ? {} : { reason: 'no-answer' }),
  ...more,
});
const foreign = { pd: 'dinkes', site: 'kantor' };
const lan = result('lan', 'down');
const a = result('a', 'down', foreign);
const b = result('b', 'down', foreign);
const dead: OwnLink = { gatewayAnswersArp: false, anyCarrier: false };
const live: OwnLink = { gatewayAnswersArp: true, anyCarrier: true };
const wired: OwnLink = { gatewayAnswersArp: false, anyCarrier: true };
const statesOf = (results: ReportProbe[], link: OwnLink) =>
  withOwnUplinkChecked(results, [], () => link).map(({ state }) => state);

describe('own uplink check', () => {
  it('makes foreign results unknown when nothing answers, and leaves the own ones as they are', () => {
    const wan = result('wan', 'down');
    expect(withOwnUplinkChecked([lan, a, b, wan], [], () => dead)).toEqual([
      lan,
      { ...a, state: 'unknown', reason: 'own-uplink-down' },
      { ...b, state: 'unknown', reason: 'own-uplink-down' },
      wan,
    ]);
  });

  it.each([
    { name: 'the gateway is silent and nobody has its address', results: [lan, a, b], link: wired },
    { name: 'the gateway is silent and the own cable is out', results: [lan, a, b], link: dead },
    { name: 'the gateway could not be probed', results: [result('lan', 'unknown'), a, b], link: wired },
    { name: 'the default route is gone', results: [a, b], link: live },
    { name: 'the gateway is silent and one site is probed', results: [lan, a], link: wired },
    { name: 'one site is probed and no interface has a carrier', results: [a], link: dead },
    {
      name: 'one site and the collector are silent and there is no gateway',
      results: [a, result('wan', 'down')],
      link: live,
    },
  ])('does not know about the others when $name', ({ results, link }) => {
    const states = results.map(({ pd, state }) => (pd === undefined ? state : 'unknown'));
    expect(statesOf(results, link)).toEqual(states);
  });

  it('takes no answer of this machine itself for a sign of life: a vantage beside the collector probes its own address', () => {
    const own = result('wan', 'up', { target: '10.77.200.2' });
    const isOwn = (target: string) => target === '10.77.200.2';
    const stateOf = (results: ReportProbe[]) =>
      withOwnUplinkChecked(results, [], () => dead, isOwn).map(({ state }) => state);
    expect(stateOf([lan, own, a, b])).toEqual(['down', 'up', 'unknown', 'unknown']);
    expect(stateOf([lan, own, a, result('c', 'up', foreign)])).toEqual(['down', 'up', 'down', 'up']);
  });

  it.each([
    { name: 'the gateway answers', results: [result('lan', 'up'), a, b], link: dead },
    { name: 'the gateway answers nothing but ARP', results: [lan, a, b], link: live },
    {
      name: 'the gateway answers ARP and the way to the target has no carrier',
      results: [lan, a],
      link: { ...live, anyCarrier: false },
    },
    { name: 'another site answers', results: [lan, a, b, result('c', 'up', foreign)], link: dead },
    { name: 'the collector answers', results: [a, b, result('wan', 'up')], link: dead },
    {
      name: 'a page of another site says 503',
      results: [
        lan,
        a,
        result('web', 'down', { ...foreign, kind: 'http', httpStatus: 503, reason: 'unexpected-status' }),
      ],
      link: dead,
    },
    {
      name: 'a name server knows no such name',
      results: [lan, a, result('dns', 'down', { kind: 'dns', reason: 'no-such-name' })],
      link: dead,
    },
    {
      name: 'a router answers on the way to a silent collector',
      results: [lan, a, result('path', 'down', { kind: 'path', hops: [{ address: '10.0.0.1' }] })],
      link: dead,
    },
    { name: 'the only target is silent on a cable that has a carrier', results: [a], link: wired },
    { name: 'the only target is probed twice', results: [a, { ...a, name: 'a-tcp', kind: 'tcp' }], link: wired },
  ])('keeps the measurement when $name', ({ results, link }) => {
    expect(withOwnUplinkChecked(results, [], () => link)).toEqual(results);
  });

  it('does not take the only target of this round for the only one', () => {
    const stateWith = (...resting: string[]) => withOwnUplinkChecked([a], resting, () => wired)[0]?.state;
    expect(stateWith()).toBe('down');
    expect(stateWith(a.target, '127.0.0.1')).toBe('down');
    expect(stateWith('10.7.7.7')).toBe('unknown');
  });

  it('keeps the reason of a result that was unknown already', () => {
    const odd = result('odd', 'unknown', { ...foreign, reason: 'port-missing' });
    expect(withOwnUplinkChecked([lan, a, odd], [], () => dead)[2]).toEqual(odd);
  });

  it('does not read the state of the link while anything answers or no site is silent', () => {
    const read = () => {
      throw new Error('read');
    };
    expect(withOwnUplinkChecked([result('lan', 'up'), a], [], read)).toHaveLength(2);
    expect(withOwnUplinkChecked([lan, result('wan', 'down')], [], read)).toHaveLength(2);
    expect(withOwnUplinkChecked([], [], read)).toEqual([]);
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])(
    'is not fooled by an answer of this machine itself at %s',
    (target) => {
      expect(statesOf([lan, a, b, result('self', 'up', { target })], wired)).toEqual([
        'down',
        'unknown',
        'unknown',
        'up',
      ]);
    },
  );

  it('never turns anything but a silent foreign target into something else, and only into unknown', () => {
    const one = fc.record({
      name: fc.constantFrom('lan', 'wan', 'x'),
      state: fc.constantFrom('up', 'down', 'unknown'),
      isForeign: fc.boolean(),
    });
    const links = fc.record({ gatewayAnswersArp: fc.boolean(), anyCarrier: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one), links, (rows, link) => {
        const before = rows.map(({ name, state, isForeign }) => result(name, state, isForeign ? foreign : {}));
        const after = withOwnUplinkChecked(before, [], () => link);
        expect(after).toHaveLength(before.length);
        const changed = after.flatMap((now, index) => (now === before[index] ? [] : [{ now, was: before[index] }]));
        // All of them or none; and none at all in a round in which something answered.
        const silentCount = before.filter(({ state, pd }) => state === 'down' && pd !== undefined).length;
        expect([0, silentCount]).toContain(changed.length);
        if (before.some(({ state }) => state === 'up')) expect(changed).toEqual([]);
        for (const { now, was } of changed) {
          expect(was).toMatchObject({ state: 'down', pd: 'dinkes' });
          expect(now).toEqual({ ...was, state: 'unknown', reason: 'own-uplink-down' });
        }
      }),
    );
  });
});
