import { families } from './catalogue.ts';
import { formatSample } from './exposition.ts';
import { type AgentFamily, metricGroups, type MetricFamily } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import type { OwnMetrics } from './own-metrics.ts';
import { endOfPage, headOf, type PageFormat } from './page-format.ts';
import { agentPart, fleetPart } from './page-parts.ts';
import { PageWriter } from './page-writer.ts';
import { RenderedAgents } from './rendered-agents.ts';
import { ShownAgents } from './shown-agents.ts';
import { TimeSlices } from '../time-slices.ts';

/** What `?collect[]=` chooses from; the collector's own metrics are a group too. */
export const pageGroups = [...metricGroups, 'collector'] as const;
export type PageGroup = (typeof pageGroups)[number];

/** What a scraper asked for. */
export interface AskedPage {
  format: PageFormat;
  /** Only these; all when absent. */
  groups?: ReadonlySet<PageGroup> | undefined;
}

const isOfAgents = (family: MetricFamily): family is AgentFamily => family.of === 'agent';

/** The memory of a collector's page from one scrape to the next. */
export function createRenderedAgents(): RenderedAgents {
  return new RenderedAgents(families.filter(isOfAgents));
}

/**
 * The whole page, piece by piece; a piece holds until the next is asked for. Between two slices of work the process does
 * everything else. A family without samples is left out, and so is a sample that repeats the labels of another.
 */
export async function* metricsPage(
  view: FleetView,
  own: Pick<OwnMetrics, 'families'>,
  { format, groups }: AskedPage = { format: 'text' },
  rendered: RenderedAgents = createRenderedAgents(),
): AsyncGenerator<Buffer> {
  const printing = { view, format, writer: new PageWriter(), slices: new TimeSlices() };
  const { writer } = printing;
  let shown: ShownAgents | undefined;
  for (const family of families) {
    if (groups?.has(family.group) === false) continue;
    if (family.of === 'fleet') {
      yield* fleetPart(family, printing);
    } else {
      shown ??= await ShownAgents.of(view, rendered, printing.slices);
      yield* agentPart(family, rendered.placeOf(family), shown, printing);
    }
  }
  if (groups?.has('collector') ?? true) writer.write(await ownPart(own, format));
  writer.write(endOfPage[format]);
  yield writer.take();
}

async function ownPart(own: Pick<OwnMetrics, 'families'>, format: PageFormat): Promise<string> {
  const told = (await own.families()).filter(({ samples }) => samples.length > 0);
  return told
    .map(
      (family) => headOf(family, format) + family.samples.map((sample) => formatSample(sample.name, sample)).join(''),
    )
    .join('');
}
