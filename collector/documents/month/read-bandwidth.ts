import { hoursOfSite } from '../../facts/traffic-facts.ts';
import { hourMs } from '../../facts/traffic-hour.ts';
import { totalsOf } from '../../facts/traffic-totals.ts';
import { approvalOf } from '../../obligations/bandwidth-approval.ts';
import { saturatedFrom } from '../../obligations/traffic-view.ts';
import { defined } from './defined.ts';
import type { BandwidthFigures } from './figures.ts';
import type { MonthView } from './month-view.ts';

/** How much each site of a department used of its line; a site of which nothing was measured is not among them. */
export function readBandwidth({ config, source, registers, month, days }: MonthView, pd: string): BandwidthFigures[] {
  const sites = config.perangkatDaerah.find(({ id }) => id === pd)?.sites ?? [];
  return sites.flatMap((site) => {
    const rows = source.trafficOf({ pd, site: site.id }, Math.floor(month.fromMs / hourMs) * hourMs, month.untilMs);
    if (rows.length === 0) return [];
    const options = { approval: approvalOf(pd, site, { config, registers, nowMs: month.untilMs - 1 }), saturatedFrom };
    const hours = hoursOfSite(rows);
    const totals = totalsOf(hours, month, options);
    if (totals.coveredSeconds === 0) return [];
    const { p95Down, p95Up, meanDown, meanUp, peakDown, peakUp, saturatedSeconds } = totals;
    const approvedDown = options.approval?.downBytesPerSecond;
    const approvedUp = options.approval?.upBytesPerSecond;
    return [
      {
        site: site.id,
        measuredSeconds: totals.coveredSeconds,
        ...defined({ approvedDown, approvedUp, p95Down, p95Up, meanDown, meanUp, peakDown, peakUp, saturatedSeconds }),
        revision: rows.reduce((sum, row) => sum + row.revision, 0),
        dailyP95Down: days.map((day) => totalsOf(hours, day, options).p95Down ?? null),
      },
    ];
  });
}
