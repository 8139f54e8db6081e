import type { ReportProbe } from '../../shared/report-schema.ts';
import type { FleetMember } from './fleet.ts';
import { noise } from './noise.ts';

/**
 * What an agent with probes of its own, such as the vantage at the Pusat Data, finds in one round.
 * @param isUp whether the target that speaks for a department answers.
 */
export function configuredProbes(member: FleetMember, atMs: number, isUp: (pd: string) => boolean): ReportProbe[] {
  return member.config.probes.map(({ name, kind, layer, pd = member.agent.pd, site, host, packetCount }, index) => {
    const answers = isUp(pd);
    const roundTripSeconds = 0.002 + 0.03 * noise(member.agent.seed, index, Math.floor(atMs / 1000));
    return {
      name,
      kind,
      layer,
      pd,
      ...(site === undefined ? {} : { site }),
      target: host,
      state: answers ? 'up' : 'down',
      ...(answers ? {} : { reason: 'no-answer' }),
      sentCount: packetCount,
      receivedCount: answers ? packetCount : 0,
      ...(answers ? { roundTripSeconds: Math.round(roundTripSeconds * 1e6) / 1e6 } : {}),
    };
  });
}
