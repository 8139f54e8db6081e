import type { ReportProbe } from '../../shared/report-schema.ts';
import { probeOf } from '../facts/agent-links.ts';
import { type LinkFacts, lossRatioOf } from '../facts/link-facts.ts';
import type { AgentRow } from '../store/rows.ts';
import type { AgentFamily, HistorySample, PlacedReport } from './family.ts';
import { type Labels, wellFormed } from './fleet-view.ts';

type LinkName = Pick<LinkFacts, 'pd' | 'site' | 'layer' | 'target' | 'probe'>;

export const linkLabelNames = ['pd', 'site', 'node', 'layer', 'target', 'probe'] as const;

const labelsOf = (node: string, link: LinkName): Labels => [
  ['pd', link.pd],
  ['site', link.site],
  ['node', node],
  ['layer', link.layer],
  ['target', wellFormed(link.target)],
  // One target may be probed in several ways.
  ['probe', wellFormed(link.probe)],
];

/** The way to a target says nothing of whether its layer works. */
const isLink = ({ kind }: { kind: string }) => kind !== 'path';

/** What single rounds say of it counts only together with the rounds before. */
export const linkUpName = 'pantau_link_up';

/** Two rounds of one probe in one report are two rounds: what the last one found is known of the link. */
const lastOfEach = <Row>(rows: readonly Row[], nameOf: (row: Row) => string): Iterable<Row> =>
  new Map(rows.map((row) => [wellFormed(nameOf(row)), row])).values();

interface Told {
  name: string;
  help: string;
  group?: 'probe';
  /** What is known of the link now. */
  now: (link: LinkFacts, isFresh: boolean) => number | undefined;
  /** What one round of it said. */
  round?: (probe: ReportProbe, placed: PlacedReport) => number | undefined;
  /** A label beside the usual ones that is always the same. */
  always?: readonly [name: string, text: string];
}

export function linkFamily({ name, help, group, now, round, always }: Told): AgentFamily {
  const labels = (node: string, link: LinkName) => [...labelsOf(node, link), ...(always === undefined ? [] : [always])];
  function historyOf(placed: PlacedReport, read: NonNullable<Told['round']>): HistorySample[] {
    const { row, report } = placed;
    const probes = (report.probes ?? []).filter(isLink);
    return [...lastOfEach(probes, (probe) => probe.name)].flatMap((probe) => {
      const value = read(probe, placed);
      return value === undefined ? [] : [{ labels: labels(row.node, nameOf(row, probe)), value }];
    });
  }
  return {
    of: 'agent',
    group: group ?? 'link',
    name,
    type: 'gauge',
    labels: always === undefined ? linkLabelNames : [...linkLabelNames, always[0]],
    help,
    samples: ({ row, links }, isFresh) =>
      [...lastOfEach([...links.values()].filter(isLink), (link) => link.probe)].flatMap((link) => {
        const value = now(link, isFresh);
        return value === undefined ? [] : [{ labels: labels(row.node, link), value }];
      }),
    ...(round && { history: (placed: PlacedReport) => historyOf(placed, round) }),
  };
}

function nameOf(row: AgentRow, probe: ReportProbe): LinkName {
  const { pd = row.pd, site = row.site, layer, target, name } = probeOf(row, probe);
  return { pd, site, layer, target, probe: name };
}

export const stateValues = { up: 1, down: 0, unknown: Number.NaN } as const;

export const linkFamilies: readonly AgentFamily[] = [
  linkFamily({
    name: linkUpName,
    help: 'Whether the link works: 1 yes, 0 no, NaN when it is not known.',
    now: ({ state }, isFresh) => (isFresh ? stateValues[state] : Number.NaN),
    round: (probe, { stateOf }) => stateValues[stateOf(probe)],
  }),
  linkFamily({
    name: 'pantau_link_round_trip_seconds',
    help: 'Mean round trip of the last round.',
    now: (link, isFresh) => (isFresh ? link.roundTripSeconds : undefined),
    round: (probe) => probe.roundTripSeconds,
  }),
  linkFamily({
    name: 'pantau_link_loss_ratio',
    help: 'Share of the packets of the last round that were lost, 0 to 1.',
    now: (link, isFresh) => (isFresh ? link.lossRatio : undefined),
    round: lossRatioOf,
  }),
  linkFamily({
    name: 'pantau_link_unstable',
    help: 'Whether the link comes and goes: 1 yes, 0 no, NaN when nothing is known of it now.',
    // Without history, so that of the links of a silent node something is told to a remote receiver too.
    now: ({ unstableSinceMs }, isFresh) => (isFresh ? Number(unstableSinceMs !== undefined) : Number.NaN),
  }),
  linkFamily({
    name: 'pantau_link_certificate_expiry_timestamp_seconds',
    help: 'When the first certificate of the chain ends that the target showed last, in seconds since the epoch.',
    now: ({ certificate }) => certificate && Date.parse(certificate.notAfter) / 1000,
  }),
];
