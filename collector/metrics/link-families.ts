import type { ReportProbe } from '../../shared/report-schema.ts';
import { probeOf } from '../facts/agent-links.ts';
import { type LinkFacts, lossRatioOf } from '../facts/link-facts.ts';
import type { AgentRow } from '../store/rows.ts';
import type { AgentFamily, FleetFamily, PlacedReport } from './family.ts';
import type { Labels } from './fleet-view.ts';

type LinkName = Pick<LinkFacts, 'pd' | 'site' | 'layer' | 'target' | 'probe'>;

const labelsOf = (node: string, link: LinkName): Labels => [
  ['pd', link.pd],
  ['site', link.site],
  ['node', node],
  ['layer', link.layer],
  ['target', link.target],
  // One target may be probed in several ways.
  ['probe', link.probe],
];

/** The way to a target says nothing of whether its layer works. */
const isLink = ({ kind }: { kind: string }) => kind !== 'path';

/** What single rounds say of it counts only together with the rounds before. */
export const linkUpName = 'pantau_link_up';

interface Told {
  /** What is known of the link now. */
  now: (link: LinkFacts, isFresh: boolean) => number | undefined;
  /** What one round of it said. */
  round?: (probe: ReportProbe, placed: PlacedReport) => number | undefined;
}

function family(name: string, help: string, { now, round }: Told): AgentFamily {
  return {
    of: 'agent',
    group: 'link',
    name,
    type: 'gauge',
    help,
    samples: ({ row, links }, isFresh) =>
      [...links.values()].filter(isLink).flatMap((link) => {
        const value = now(link, isFresh);
        return value === undefined ? [] : [{ labels: labelsOf(row.node, link), value }];
      }),
    ...(round && { history: (placed) => historyOf(placed, round) }),
  };
}

function historyOf(placed: PlacedReport, read: NonNullable<Told['round']>) {
  const { row, report } = placed;
  return (report.probes ?? []).filter(isLink).flatMap((probe) => {
    const value = read(probe, placed);
    return value === undefined ? [] : [{ labels: labelsOf(row.node, nameOf(row, probe)), value }];
  });
}

function nameOf(row: AgentRow, probe: ReportProbe): LinkName {
  const { pd = row.pd, site = row.site, layer, target, name } = probeOf(row, probe);
  return { pd, site, layer, target, probe: name };
}

export const stateValues = { up: 1, down: 0, unknown: Number.NaN } as const;

const bitsPerByte = 8;

const approved: FleetFamily = {
  of: 'fleet',
  group: 'link',
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

export const linkFamilies: readonly (AgentFamily | FleetFamily)[] = [
  family(linkUpName, 'Whether the link works: 1 yes, 0 no, NaN when it is not known.', {
    now: ({ state }, isFresh) => (isFresh ? stateValues[state] : Number.NaN),
    round: (probe, { stateOf }) => stateValues[stateOf(probe)],
  }),
  family('pantau_link_round_trip_seconds', 'Mean round trip of the last round.', {
    now: (link, isFresh) => (isFresh ? link.roundTripSeconds : undefined),
    round: (probe) => probe.roundTripSeconds,
  }),
  family('pantau_link_loss_ratio', 'Share of the packets of the last round that were lost.', {
    now: (link, isFresh) => (isFresh ? link.lossRatio : undefined),
    round: lossRatioOf,
  }),
  family('pantau_link_unstable', 'Whether the link comes and goes: 1 yes, 0 no.', {
    now: ({ unstableSinceMs }, isFresh) => (isFresh ? Number(unstableSinceMs !== undefined) : undefined),
  }),
  family(
    'pantau_link_certificate_expiry_timestamp_seconds',
    'When the first certificate of the chain ends that the target showed last.',
    { now: ({ certificate }) => certificate && Date.parse(certificate.notAfter) / 1000 },
  ),
  approved,
];
