import Type from 'typebox';
import type { SiteConfig } from '../../config/schema.ts';
import { hourMs } from '../../facts/traffic-hour.ts';
import { hoursOfSite, type TrafficRow } from '../../facts/traffic-facts.ts';
import { totalsOf, type TrafficTotals } from '../../facts/traffic-totals.ts';
import type { Span } from '../../obligations/backup-history/local-days.ts';
import { approvalOf } from '../../obligations/bandwidth-approval.ts';
import { saturatedFrom } from '../../obligations/traffic-view.ts';
import { type ApiView, instant, type Query, type QueryParameter, type Resource } from '../resource.ts';
import { Instant } from './fields.ts';
import { askedDays, askedMonths, dayParameters, monthParameters } from './history-query.ts';

const Rate = { description: 'bytes per second' };
const Direction = Type.Object({
  bytes: Type.Integer(),
  approved: Type.Union([Type.Number(), Type.Null()], {
    ...Rate,
    description: 'as Diskominfo approved it, in bytes per second',
  }),
  p95: Type.Union([Type.Number(), Type.Null()], {
    description: '95th percentile of five-minute means, bytes per second',
  }),
  mean: Type.Union([Type.Number(), Type.Null()], Rate),
  peak: Type.Union([Type.Number(), Type.Null()], { description: 'fastest between two readings, bytes per second' }),
});

const row = Type.Object({
  pd: Type.String(),
  site: Type.String(),
  from: Instant,
  until: Instant,
  period: Type.String({ description: "a day or a month of the Pemda's zone" }),
  measuredSeconds: Type.Number({ description: 'how much of the time was measured; the rest is unknown, not zero' }),
  saturatedSeconds: Type.Union([Type.Number(), Type.Null()], {
    description: `five-minute slots in which one direction ran at ${saturatedFrom * 100} % of its approval or more`,
  }),
  down: Direction,
  up: Direction,
  revision: Type.Integer({ description: 'how often late reports changed hours of it after they were over' }),
  restatedAt: Instant,
});

const site: QueryParameter = {
  name: 'site',
  docs: 'only rows of this site',
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  form: 'the id of one site',
};
/** The lists of the backups' history can also be asked for one dataset. */
const ownParameters = (parameters: QueryParameter[]) => parameters.filter(({ name }) => name !== 'dataset');
const usualDays = 7;
const usualMonths = 3;

function list(
  name: string,
  summary: string,
  query: QueryParameter[],
  spansOf: (view: ApiView, query: Query) => Span[],
) {
  const resource: Resource<typeof row> = {
    name,
    summary,
    row,
    query: [site, ...ownParameters(query)],
    async rows(view, asked) {
      const spans = spansOf(view, asked);
      const found = [];
      for (const pd of view.config.perangkatDaerah) {
        if (asked['pd'] !== undefined && asked['pd'] !== pd.id) continue;
        for (const each of pd.sites) {
          if (asked['site'] !== undefined && asked['site'] !== each.id) continue;
          found.push(...(await rowsOfSite(view, pd.id, each, spans)));
        }
      }
      return found;
    },
  };
  return resource;
}

export const bandwidthDaysResource = list(
  'bandwidth-days',
  'How much of its approved bandwidth each site used, day by day',
  dayParameters(usualDays),
  (view, query) => askedDays(query, view.config.timezone, { nowMs: view.nowMs, usualDays }),
);

export const bandwidthMonthsResource = list(
  'bandwidth-months',
  'How much of its approved bandwidth each site used, month by month',
  monthParameters(usualMonths),
  (view, query) => askedMonths(query, view.config.timezone, { nowMs: view.nowMs, usualMonths }),
);

async function rowsOfSite(view: ApiView, pd: string, configured: SiteConfig, spans: Span[]) {
  const found = [];
  for (const span of spans) {
    const place = { pd, site: configured.id };
    // What was approved at the end of the period, or is now.
    const atMs = Math.min(span.untilMs - 1, view.nowMs);
    const approval = approvalOf(pd, configured, { ...view, nowMs: atMs });
    const rows = await view.store.trafficOf(place, Math.floor(span.fromMs / hourMs) * hourMs, span.untilMs);
    if (rows.length === 0) continue;
    const totals = totalsOf(hoursOfSite(rows), span, { approval, saturatedFrom });
    found.push({
      ...place,
      from: instant(view, span.fromMs),
      until: instant(view, span.untilMs),
      period: span.name,
      measuredSeconds: totals.coveredSeconds,
      saturatedSeconds: totals.saturatedSeconds ?? null,
      down: { ...direction(totals, 'Down'), bytes: totals.downBytes, approved: approval?.downBytesPerSecond ?? null },
      up: { ...direction(totals, 'Up'), bytes: totals.upBytes, approved: approval?.upBytesPerSecond ?? null },
      ...revisionOf(view, rows),
    });
  }
  return found;
}

function direction(totals: TrafficTotals, name: 'Down' | 'Up') {
  const isMeasured = totals.coveredSeconds > 0;
  return {
    p95: totals[`p95${name}`] ?? null,
    mean: totals[`mean${name}`] ?? null,
    peak: isMeasured ? totals[`peak${name}`] : null,
  };
}

function revisionOf(view: ApiView, rows: readonly TrafficRow[]) {
  const restatedAtMs = Math.max(...rows.map((each) => each.restatedAtMs ?? -Infinity));
  return {
    revision: rows.reduce((sum, each) => sum + each.revision, 0),
    restatedAt: instant(view, restatedAtMs === -Infinity ? undefined : restatedAtMs),
  };
}
