import type { ReportReference } from '../../shared/evidence.ts';
import { addGrowth, emptyTrafficHour, hoursOf, type TrafficHour } from './traffic-hour.ts';
import { sumOf, type TimedHour } from './traffic-totals.ts';
import type { InterfaceGrowth } from './traffic-growths.ts';

/** One hour of one interface as one agent read it. */
export interface TrafficRow {
  pd: string;
  site: string;
  agentKey: number;
  interface: string;
  startsAtMs: number;
  hour: TrafficHour;
  /** How often late reports changed the hour after it was over. */
  revision: number;
  restatedAtMs: number | undefined;
}

/** The last day of a site's WAN, oldest hour first. */
export interface SiteTraffic {
  hours: TimedHour[];
  /** The newest report that it rests on; undefined right after a start. */
  record: ReportReference | undefined;
  /** Keys of the agents that read it. */
  readers: number[];
}

/** What rules look back on, and a little more. */
const keptMs = 26 * 3_600_000;

interface Held {
  /** By agent. */
  readers: Map<number, TrafficRow[]>;
  newestMs: number;
  record: ReportReference | undefined;
}

/** The recent hours of every site's WAN, in memory. `<pd>/<site>` names a place. */
export function createTrafficFacts() {
  const places = new Map<string, Held>();

  function hourAt(held: Held, growth: InterfaceGrowth, startsAtMs: number): TrafficHour {
    const rows = held.readers.get(growth.agentKey) ?? [];
    const known = rows.find((row) => row.startsAtMs === startsAtMs && row.interface === growth.interface);
    if (known !== undefined) return known.hour;
    const { pd, site, agentKey, interface: name } = growth;
    const hour = emptyTrafficHour();
    const row = { pd, site, agentKey, interface: name, startsAtMs, hour, revision: 0, restatedAtMs: undefined };
    held.readers.set(agentKey, [...rows.filter((each) => each.startsAtMs > held.newestMs - keptMs), row]);
    return hour;
  }

  return {
    add(growth: InterfaceGrowth): void {
      const place = `${growth.pd}/${growth.site}`;
      const held = places.get(place) ?? {
        readers: new Map<number, TrafficRow[]>(),
        newestMs: -Infinity,
        record: undefined,
      };
      places.set(place, held);
      if (growth.untilMs >= held.newestMs) held.record = growth.record;
      held.newestMs = Math.max(held.newestMs, growth.untilMs);
      for (const startsAtMs of hoursOf(growth)) {
        if (startsAtMs > held.newestMs - keptMs) addGrowth(hourAt(held, growth, startsAtMs), startsAtMs, growth);
      }
    },
    restore(rows: readonly TrafficRow[]): void {
      for (const row of rows) {
        const place = `${row.pd}/${row.site}`;
        const held = places.get(place) ?? {
          readers: new Map<number, TrafficRow[]>(),
          newestMs: -Infinity,
          record: undefined,
        };
        held.newestMs = Math.max(held.newestMs, row.startsAtMs);
        held.readers.set(row.agentKey, [...(held.readers.get(row.agentKey) ?? []), row]);
        places.set(place, held);
      }
    },
    of(place: string): SiteTraffic | undefined {
      const held = places.get(place);
      if (held === undefined) return undefined;
      const { readers, record } = held;
      return { hours: hoursOfSite([...readers.values()].flat()), record, readers: [...readers.keys()] };
    },
  };
}

/**
 * A site's hours out of the rows of all who read it: in each hour the reader that measured most counts, and the
 * interfaces that it read carry the site together.
 */
export function hoursOfSite(rows: readonly TrafficRow[]): TimedHour[] {
  return [...Map.groupBy(rows, (row) => row.startsAtMs)]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([startsAtMs, ofHour]) => {
      const best = [...Map.groupBy(ofHour, (row) => row.agentKey).values()]
        .map((each) => sumOf(each.map((row) => row.hour)))
        .filter((hour) => hour !== undefined)
        .toSorted((a, b) => covered(b) - covered(a))[0];
      return best === undefined ? [] : [{ startsAtMs, hour: best }];
    });
}

const covered = ({ coveredMs }: TrafficHour): number => coveredMs.reduce((sum, ms) => sum + ms, 0);
