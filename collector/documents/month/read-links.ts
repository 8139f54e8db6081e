import { maintenanceSpans } from '../../config/maintenance.ts';
import { availabilityOf } from '../../obligations/availability/availability.ts';
import { timelineOf } from '../../obligations/availability/link-timeline.ts';
import { byProbe } from '../../obligations/availability/read-availability.ts';
import { type StateSpan, statesOf } from '../../obligations/availability/states-of.ts';
import type { MonitoredLink } from '../../store/store.ts';
import { defined } from './defined.ts';
import type { LinkFigures } from './figures.ts';
import type { MonthView } from './month-view.ts';

/** How the links of the configured sites of a department fared; a link that was never probed is not among them. */
export async function readLinks(view: MonthView, pd: string): Promise<LinkFigures[]> {
  const found: LinkFigures[] = [];
  for (const link of view.links.get(pd) ?? []) {
    if (link.sinceMs < view.month.untilMs) found.push(await readLink(view, link));
  }
  return found;
}

async function readLink({ config, source, month, nowMs }: MonthView, link: MonitoredLink): Promise<LinkFigures> {
  const { fromMs, untilMs } = month;
  const probes = byProbe(await source.history.linkDays(link, fromMs, untilMs));
  const maintenance = maintenanceSpans(config, link, fromMs, untilMs);
  // Of what was before it was probed for the first time nothing is known, and it belongs to the month all the same.
  const [whole] = availabilityOf([month], { probes, sinceMs: fromMs, nowMs, maintenance });
  if (whole === undefined) throw new RangeError('a month has one figure');
  const { upSeconds, downSeconds, unknownSeconds, maintenanceSeconds, revision } = whole;
  const { availabilityRatio, coverageRatio, lossRatio, roundTripMeanSeconds } = whole;
  return {
    site: link.site,
    layer: link.layer,
    upSeconds,
    downSeconds,
    unknownSeconds,
    maintenanceSeconds,
    ...defined({ availabilityRatio, coverageRatio, lossRatio, roundTripMeanSeconds }),
    revision,
    states: withoutShort(statesOf(timelineOf(probes), month)),
  };
}

/** More than a picture can show. */
const mostSpans = 600;
const shortestMs = 120_000;

/** Leaves out the shortest stretches of a link that comes and goes, outages last, until the rest can be drawn. */
function withoutShort(spans: readonly StateSpan[]): StateSpan[] {
  let kept = [...spans];
  for (let leastMs = shortestMs; kept.length > mostSpans; leastMs *= 2) {
    const long = kept.filter(
      ({ fromMs, untilMs, state }) => untilMs - fromMs >= (state === 'down' ? leastMs / 4 : leastMs),
    );
    kept = joined(long, spans.at(-1)?.untilMs ?? 0);
  }
  return kept;
}

function joined(spans: readonly StateSpan[], untilMs: number): StateSpan[] {
  const found: StateSpan[] = [];
  for (const [at, span] of spans.entries()) {
    const last = found.at(-1);
    const endMs = spans[at + 1]?.fromMs ?? untilMs;
    if (last?.state === span.state) last.untilMs = endMs;
    else found.push({ ...span, untilMs: endMs });
  }
  return found;
}
