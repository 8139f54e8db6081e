import { describe, expect, it } from 'vitest';
import { gatewayFinding } from './check-measuring.ts';

const collectorUrl = 'https://10.9.0.5:8420';
const noRoutes = { readRoutes: () => ({ ipv4: '', ipv6: '' }) };
const lanTarget = {
  name: 'lan/switch',
  kind: 'icmp',
  layer: 'lan',
  host: '10.20.1.2',
  packetCount: 5,
  timeoutSeconds: 2,
} as const;

describe('the doctor on a machine without a default gateway', () => {
  it('says at a site that its LAN is not probed, and which setting helps', () => {
    expect(gatewayFinding(collectorUrl, { roles: [], probes: [] }, noRoutes)).toEqual({
      ok: false,
      subject: 'gateway',
      text: 'this machine has no default gateway, so the LAN is not probed.',
      remedy: 'set a default route, or name a target with the layer lan under probeTargets in pantau.yaml.',
    });
  });

  it('has nothing to say against it at the Pusat Data, whose network may be closed', () => {
    expect(gatewayFinding(collectorUrl, { roles: ['vantage'], probes: [] }, noRoutes)).toEqual({
      ok: true,
      subject: 'gateway',
      text: 'this machine has no default gateway, and at the Pusat Data it may do without; its own LAN is not probed.',
    });
  });

  it('is content with another target in the LAN, but not with one of another site', () => {
    const own = gatewayFinding(collectorUrl, { roles: [], probes: [lanTarget] }, noRoutes);
    const others = gatewayFinding(collectorUrl, { roles: [], probes: [{ ...lanTarget, pd: 'dinkes' }] }, noRoutes);

    expect([own.ok, own.text]).toEqual([true, 'there is no default gateway; 10.20.1.2 stands for the LAN.']);
    expect(others.ok).toBe(false);
  });
});
