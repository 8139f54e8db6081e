import type { LinkFacts } from '../facts/link-facts.ts';
import { isFresh } from '../facts/node-facts.ts';
import type { Family, Sample } from './exposition.ts';
import type { FleetView, Labels } from './fleet-view.ts';

function family(
  name: string,
  help: string,
  read: (link: LinkFacts, fresh: boolean) => number | undefined,
): Family<FleetView> {
  function* samples(view: FleetView): Generator<Sample> {
    for (const agent of view.fleet.agents()) {
      const fresh = isFresh(agent, view.nowMs);
      for (const link of agent.links.values()) {
        // The way to a target says nothing of whether its layer works.
        if (link.kind === 'path') continue;
        const value = read(link, fresh);
        const labels: Labels = [
          ['pd', link.pd],
          ['site', link.site],
          ['node', agent.row.node],
          ['layer', link.layer],
          ['target', link.target],
          // One target may be probed in several ways.
          ['probe', link.probe],
        ];
        if (value !== undefined) yield { labels, value };
      }
    }
  }
  return { name, type: 'gauge', help, samples };
}

const stateValues = { up: 1, down: 0, unknown: Number.NaN } as const;

const bitsPerByte = 8;

const approved: Family<FleetView> = {
  name: 'pantau_link_approved_bytes_per_second',
  type: 'gauge',
  help: 'Bandwidth that Diskominfo approved for the site (set in Mbit/s).',
  *samples({ config }) {
    for (const pd of config.perangkatDaerah) {
      for (const site of pd.sites) {
        if (site.approvedBandwidth === undefined) continue;
        for (const direction of ['down', 'up'] as const) {
          const labels: Labels = [
            ['pd', pd.id],
            ['site', site.id],
            ['direction', direction],
          ];
          yield { labels, value: (site.approvedBandwidth[direction] * 1e6) / bitsPerByte };
        }
      }
    }
  },
};

export const linkFamilies: readonly Family<FleetView>[] = [
  family('pantau_link_up', 'Whether the link works: 1 yes, 0 no, NaN when it is not known.', (link, fresh) =>
    fresh ? stateValues[link.state] : Number.NaN,
  ),
  family('pantau_link_round_trip_seconds', 'Mean round trip of the last round.', (link, fresh) =>
    fresh ? link.roundTripSeconds : undefined,
  ),
  family('pantau_link_loss_ratio', 'Share of the packets of the last round that were lost.', (link, fresh) =>
    fresh ? link.lossRatio : undefined,
  ),
  family('pantau_link_unstable', 'Whether the link comes and goes: 1 yes, 0 no.', (link, fresh) =>
    fresh ? Number(link.unstableSinceMs !== undefined) : undefined,
  ),
  family(
    'pantau_link_certificate_expiry_timestamp_seconds',
    'When the first certificate of the chain ends that the target showed last.',
    ({ certificate }) => certificate && Date.parse(certificate.notAfter) / 1000,
  ),
  approved,
];
