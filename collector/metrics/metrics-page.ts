import { families } from './catalogue.ts';
import { formatSample, renderFamilies } from './exposition.ts';
import { metricGroups } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import type { OwnMetrics } from './own-metrics.ts';
import { endOfPage, headOf, type PageFormat } from './page-format.ts';

/** What `?collect[]=` chooses from; the collector's own metrics are a group too. */
export const pageGroups = [...metricGroups, 'collector'] as const;
export type PageGroup = (typeof pageGroups)[number];

/** What a scraper asked for. */
export interface AskedPage {
  format: PageFormat;
  /** Only these; all when absent. */
  groups?: ReadonlySet<PageGroup> | undefined;
}

/** The whole page, piece by piece: between two pieces the process does other work. */
export async function* metricsPage(
  view: FleetView,
  own: Pick<OwnMetrics, 'families'>,
  { format, groups }: AskedPage = { format: 'text' },
): AsyncGenerator<string> {
  const asked = groups === undefined ? families : families.filter(({ group }) => groups.has(group));
  for (const chunk of renderFamilies(asked, view, format)) {
    yield chunk;
    await new Promise((next) => setImmediate(next));
  }
  if (groups?.has('collector') ?? true) yield await ownPart(own, format);
  yield endOfPage[format];
}

async function ownPart(own: Pick<OwnMetrics, 'families'>, format: PageFormat): Promise<string> {
  const families = await own.families();
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(
      (family) => headOf(family, format) + family.samples.map((sample) => formatSample(sample.name, sample)).join(''),
    )
    .join('');
}
