import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostEvidence, settleAreaCause, settleCause } from './settle-cause.ts';

const base: HostEvidence = {
  node: 'server-1',
  rebooted: false,
  agentRestarted: false,
  reportCount: 0,
  gatewayUpCount: 0,
  gatewayDownCount: 0,
};
const rebooted = { ...base, rebooted: true };
const answered = { ...base, reportCount: 20, gatewayUpCount: 20 };
const cutOff = { ...base, reportCount: 20, gatewayDownCount: 20 };
const restarted = { ...answered, agentRestarted: true };
const blind = { ...base, reportCount: 20 };

describe('the cause of an outage', () => {
  it.each([
    ['the only machine was started anew', true, [rebooted], 'power'],
    ['all were started anew', true, [rebooted, rebooted, rebooted], 'power'],
    ['most were started anew', true, [rebooted, rebooted, answered], 'power'],
    ['one of several was started anew, the gateway answered', true, [rebooted, answered, answered], 'wan'],
    ['the gateway answered', true, [answered], 'wan'],
    ['the gateway answered one of them', true, [cutOff, answered], 'wan'],
    ['the gateway was silent', true, [cutOff], 'lan'],
    ['the gateway answered now and then, mostly not', true, [{ ...cutOff, gatewayUpCount: 3 }], 'lan'],
    ['nothing was told while the router was silent too', true, [base], undefined],
    ['nobody looked at the gateway', true, [blind], undefined],
    ['there is no machine', true, [], undefined],
    ['the only machine was started anew, the router went on', false, [rebooted], 'server'],
    ['several were started anew, the router went on: it may have a battery', false, [rebooted, rebooted], 'power'],
    ['one of several was started anew, the router went on', false, [rebooted, answered], 'server'],
    ['the machine was on and told nothing', false, [base], 'agent'],
    ['the gateway was silent, the router went on', false, [cutOff], 'lan'],
    // Whoever saw the router answer all the time knows that the WAN was there.
    ['the gateway answered, the router went on', false, [answered], undefined],
    ['its agent was started anew and told of a gateway that answered', false, [restarted], 'agent'],
    ['its agent was started anew while the WAN was dead', true, [restarted], 'wan'],
    ['one agent was started anew, another kept its reports', false, [restarted, answered], undefined],
  ] as const)('when %s', (_name, isRouterDown, hosts, expected) => {
    expect(settleCause(hosts, isRouterDown)).toBe(expected);
  });

  it('of many sites is the power when the machines of most went off, else the backbone', () => {
    const sites = (rebootedCount: number, count: number) =>
      Array.from({ length: count }, (_, at) => ({ rebooted: at < rebootedCount }));

    expect([sites(5, 5), sites(3, 5), sites(2, 4), sites(0, 5), []].map(settleAreaCause)).toEqual([
      'power',
      'power',
      'backbone',
      'backbone',
      undefined,
    ]);
  });
});

describe('whatever the machines tell', () => {
  const anyHost: fc.Arbitrary<HostEvidence> = fc.record({
    node: fc.constant('server-1'),
    rebooted: fc.boolean(),
    agentRestarted: fc.boolean(),
    reportCount: fc.nat(5),
    gatewayUpCount: fc.nat(5),
    gatewayDownCount: fc.nat(5),
  });

  it('nobody is blamed without evidence, and the order of the machines decides nothing', () => {
    fc.assert(
      fc.property(fc.array(anyHost, { maxLength: 5 }), fc.boolean(), (hosts, isRouterDown) => {
        const cause = settleCause(hosts, isRouterDown);
        expect(settleCause(hosts.toReversed(), isRouterDown)).toBe(cause);
        if (cause === 'power' || cause === 'server') expect(hosts.some((host) => host.rebooted)).toBe(true);
        if (cause === 'wan') expect(isRouterDown && hosts.some((host) => host.gatewayUpCount > 0)).toBe(true);
        if (cause === 'lan') expect(hosts.some((host) => host.gatewayDownCount > 0)).toBe(true);
        if (cause === 'agent') {
          expect(hosts.every((host) => host.reportCount === 0 || host.rebooted || host.agentRestarted)).toBe(true);
        }
      }),
    );
  });
});
