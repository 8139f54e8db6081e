import type { Report, ReportProbe } from '../../shared/report-schema.ts';
import type { LinkPlace, LinkRound } from './link-day.ts';

/** Who sent a report, and when it came. */
export interface RoundsSource {
  pd: string;
  site: string;
  /** Only an agent at the Pusat Data speaks for other places; another one's word is about its own. */
  isVantage: boolean;
  takenAtMs: number;
  receivedAtMs: number;
  body: number;
}

export interface PlacedRound {
  place: LinkPlace;
  probe: string;
  round: LinkRound;
}

/** A round speaks until the next one, and when that does not come no longer than one and a half intervals. */
const coverIntervals = 1.5;

/** The rounds of a report that count for the availability of a site's links. */
export function roundsOf(report: Report, source: RoundsSource): PlacedRound[] {
  const found: PlacedRound[] = [];
  /** How many later rounds of the same probe the report holds. */
  const later = new Map<string, number>();
  for (const probe of (report.probes ?? []).toReversed()) {
    const laterCount = later.get(probe.name) ?? 0;
    later.set(probe.name, laterCount + 1);
    if (!isAboutLink(probe)) continue;
    const everySeconds = probe.everySeconds ?? report.intervalSeconds;
    const place = {
      pd: source.isVantage ? (probe.pd ?? source.pd) : source.pd,
      site: source.isVantage ? (probe.site ?? source.site) : source.site,
      layer: probe.layer,
    };
    // An earlier round that took too long for its own report came with this one.
    const atSecond = Math.round(source.takenAtMs / 1000) - laterCount * everySeconds;
    found.push({
      place,
      probe: probe.name,
      round: { ...figuresOf(probe, everySeconds), atSecond, ...arrivalOf(source) },
    });
  }
  return found;
}

/** A path shows where packets go, and a server that is off says nothing of the link that leads to it. */
function isAboutLink({ kind, node }: ReportProbe): boolean {
  return kind !== 'path' && node === undefined;
}

function figuresOf({ state, sentCount, receivedCount, roundTripSeconds }: ReportProbe, everySeconds: number) {
  const coverSeconds = Math.floor(everySeconds * coverIntervals);
  return { state, coverSeconds, sentCount, receivedCount, roundTripSeconds };
}

function arrivalOf({ receivedAtMs, body }: RoundsSource) {
  return { receivedAtMs, body };
}
