import type { PantauConfig } from '../../config/schema.ts';
import { breathe } from '../../obligations/backup-history/breathe.ts';
import { monthsBetween } from '../../obligations/backup-history/local-days.ts';
import type { MonthSource } from '../../store/month-source.ts';
import { defined } from './defined.ts';
import type { DepartmentFigures, MonthFigures, NodeFigures } from './figures.ts';
import type { MonthView } from './month-view.ts';
import { readBandwidth } from './read-bandwidth.ts';
import { daysOf, readDatasets } from './read-datasets.ts';
import { readIncidents } from './read-incidents.ts';
import { readLinks } from './read-links.ts';
import { readPaths } from './read-paths.ts';
import { readRegisters } from '../../registers/read-registers.ts';
import { readVerdicts } from './read-verdicts.ts';

export interface MonthRequest {
  config: PantauConfig;
  source: MonthSource;
  /** `2026-10`, in the Pemda's zone. */
  month: string;
  /** Only these departments; all when absent. */
  pds?: readonly string[] | undefined;
  nowMs: number;
  /** Called after each department. */
  onProgress?: (doneCount: number, totalCount: number) => void;
}

/** The figures of a month, from what is kept; a month that is not over is told up to now. */
export async function readMonth(request: MonthRequest): Promise<MonthFigures> {
  const { config, source, month: name, pds, nowMs, onProgress } = request;
  const view = await viewOf(request);
  const { month } = view;
  const verdicts = await readVerdicts(source.verdictHistory, month);
  const incidents = await readIncidents(source, month);
  const asked = config.perangkatDaerah.filter(({ id }) => pds === undefined || pds.includes(id));
  const departments: DepartmentFigures[] = [];
  for (const { id } of asked) {
    departments.push({
      pd: id,
      links: await readLinks(view, id),
      nodes: readNodes(view, id),
      datasets: await readDatasets(view, id),
      bandwidth: readBandwidth(view, id),
      paths: readPaths(view, id),
      verdicts: verdicts.get(id) ?? [],
      incidents: incidents.get(id) ?? [],
    });
    onProgress?.(departments.length, asked.length);
    await breathe();
  }
  const isWhole = pds === undefined;
  return {
    month: name,
    fromMs: month.fromMs,
    untilMs: month.untilMs,
    ...defined({ soFarUntilMs: monthSpan(name, config.timezone).untilMs > nowMs ? nowMs : undefined }),
    departments,
    common: {
      verdicts: isWhole ? (verdicts.get('') ?? []) : [],
      incidents: isWhole ? (incidents.get('') ?? []) : [],
    },
  };
}

/** @param name `2026-10` */
export function monthSpan(name: string, timezone: string): MonthView['month'] {
  const [span] = monthsBetween(name, name, timezone);
  if (span === undefined) throw new RangeError(`no month ${name}`);
  return span;
}

async function viewOf({ config, source, month: name, nowMs }: MonthRequest): Promise<MonthView> {
  const whole = monthSpan(name, config.timezone);
  const month = { ...whole, untilMs: Math.min(whole.untilMs, Math.max(nowMs, whole.fromMs)) };
  const days = daysOf(name, config.timezone, nowMs).map((day) => ({
    ...day,
    untilMs: Math.min(day.untilMs, month.untilMs),
  }));
  const isConfigured = ({ pd, site }: { pd: string; site: string }) =>
    config.perangkatDaerah.some(({ id, sites }) => id === pd && sites.some((each) => each.id === site));
  const links = Map.groupBy(source.monitoredLinks().filter(isConfigured), ({ pd }) => pd);
  const agents = Map.groupBy(source.agents(), ({ pd }) => pd);
  const heardHourCounts = source.heardHourCounts(month.fromMs, month.untilMs);
  const registers = await readRegisters(source);
  return { config, source, registers, month, days, nowMs, links, agents, heardHourCounts };
}

const hourMs = 3_600_000;

/** In how many hours of the month each machine was heard, also of those before it was enrolled, until it was revoked. */
function readNodes({ agents, month, heardHourCounts }: MonthView, pd: string): NodeFigures[] {
  const own = (agents.get(pd) ?? []).toSorted((a, b) => (a.node < b.node ? -1 : 1));
  return own.flatMap(({ key, site, node, enrolledAtMs, revokedAtMs = Infinity }) => {
    const fromHour = Math.floor(month.fromMs / hourMs);
    const untilHour = Math.ceil(Math.min(month.untilMs, revokedAtMs) / hourMs);
    if (untilHour <= fromHour || enrolledAtMs >= month.untilMs) return [];
    const hourCount = untilHour - fromHour;
    return [{ site, node, heardHourCount: Math.min(heardHourCounts.get(key) ?? 0, hourCount), hourCount }];
  });
}
