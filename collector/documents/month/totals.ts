import type { Grade, Layer, VerdictStatus } from '../../../shared/states.ts';
import { defined } from './defined.ts';
import type { DepartmentFigures, MonthFigures } from './figures.ts';

/** What a month adds up to over all departments. */
export interface MonthTotals {
  departmentCount: number;
  siteCount: number;
  nodeCount: number;
  /** By layer: how long links were up and down together, and the share of what is known. */
  links: Partial<Record<Layer, LinkTotals>>;
  backups: BackupTotals;
  restoreTests: { okCount: number; failedCount: number };
  bandwidth: { siteCount: number; overCount: number; saturatedSeconds: number };
  /** Unknown are those of which no day is known. */
  paths: { nodeCount: number; outsideNodeCount: number; unknownNodeCount: number };
  verdicts: Record<VerdictStatus, number>;
  grades: Record<Grade, number>;
  /** Duties that were broken at some time of the month. */
  brokenCount: number;
  incidents: { count: number; openCount: number; openedCount: number; monthSeconds: number; unknownSeconds: number };
}

export interface LinkTotals {
  linkCount: number;
  upSeconds: number;
  downSeconds: number;
  unknownSeconds: number;
  maintenanceSeconds: number;
  availabilityRatio?: number;
  coverageRatio?: number;
}

export interface BackupTotals {
  datasetCount: number;
  dueCount: number;
  metCount: number;
  failedCount: number;
  missedCount: number;
  unknownCount: number;
  pendingCount: number;
  successRatio?: number;
}

export function totalsOfMonth({ departments, common, fromMs }: MonthFigures): MonthTotals {
  const verdicts = [...departments.flatMap((each) => each.verdicts), ...common.verdicts];
  const incidents = [...departments.flatMap((each) => each.incidents), ...common.incidents];
  const tests = departments.flatMap(({ datasets }) => datasets.flatMap(({ restoreTests }) => restoreTests));
  const paths = departments.flatMap((each) => each.paths);
  const okCount = tests.filter(({ outcome }) => outcome === 'ok').length;
  return {
    departmentCount: departments.length,
    siteCount: new Set(departments.flatMap(({ pd, links }) => links.map(({ site }) => `${pd}/${site}`))).size,
    nodeCount: count(departments.flatMap(({ nodes }) => nodes)),
    links: linkTotals(departments),
    backups: backupTotals(departments),
    restoreTests: { okCount, failedCount: tests.length - okCount },
    bandwidth: bandwidthTotals(departments),
    paths: {
      nodeCount: paths.length,
      outsideNodeCount: count(paths.filter((path) => path.outsideDayCount > 0)),
      unknownNodeCount: count(paths.filter((path) => path.intraDayCount + path.outsideDayCount === 0)),
    },
    verdicts: {
      compliant: count(verdicts.filter(({ status }) => status === 'compliant')),
      breached: count(verdicts.filter(({ status }) => status === 'breached')),
      'no-evidence': count(verdicts.filter(({ status }) => status === 'no-evidence')),
      'not-applicable': count(verdicts.filter(({ status }) => status === 'not-applicable')),
      waived: count(verdicts.filter(({ status }) => status === 'waived')),
    },
    grades: {
      violation: count(verdicts.filter(({ grade }) => grade === 'violation')),
      indication: count(verdicts.filter(({ grade }) => grade === 'indication')),
      finding: count(verdicts.filter(({ grade }) => grade === 'finding')),
      note: count(verdicts.filter(({ grade }) => grade === 'note')),
    },
    brokenCount: count(verdicts.filter(({ breachedSeconds }) => breachedSeconds > 0)),
    incidents: {
      count: incidents.length,
      openCount: count(incidents.filter(({ resolvedAtMs }) => resolvedAtMs === undefined)),
      openedCount: count(incidents.filter(({ openedAtMs }) => openedAtMs >= fromMs)),
      monthSeconds: sum(incidents, ({ monthSeconds }) => monthSeconds),
      unknownSeconds: sum(incidents, ({ unknownSeconds }) => unknownSeconds),
    },
  };
}

function count(items: readonly unknown[]): number {
  return items.length;
}

function sum<Item>(items: readonly Item[], read: (item: Item) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}

function linkTotals(departments: readonly DepartmentFigures[]): MonthTotals['links'] {
  const links = Map.groupBy(
    departments.flatMap((each) => each.links),
    ({ layer }) => layer,
  );
  const totals = [...links].map(([layer, own]): [Layer, LinkTotals] => {
    const upSeconds = sum(own, (link) => link.upSeconds);
    const downSeconds = sum(own, (link) => link.downSeconds);
    const unknownSeconds = sum(own, (link) => link.unknownSeconds);
    const maintenanceSeconds = sum(own, (link) => link.maintenanceSeconds);
    const knownSeconds = upSeconds + downSeconds;
    const availabilityRatio = knownSeconds === 0 ? undefined : upSeconds / knownSeconds;
    const allSeconds = knownSeconds + unknownSeconds;
    const coverageRatio = allSeconds === 0 ? undefined : knownSeconds / allSeconds;
    const seconds = { upSeconds, downSeconds, unknownSeconds, maintenanceSeconds };
    return [layer, { linkCount: own.length, ...seconds, ...defined({ availabilityRatio, coverageRatio }) }];
  });
  return Object.fromEntries(totals);
}

function backupTotals(departments: readonly DepartmentFigures[]): BackupTotals {
  const datasets = departments.flatMap((each) => each.datasets);
  const dueCount = sum(datasets, (each) => each.dueCount);
  const metCount = sum(datasets, (each) => each.metCount);
  const unknownCount = sum(datasets, (each) => each.unknownCount);
  const pendingCount = sum(datasets, (each) => each.pendingCount);
  const decidedCount = dueCount - unknownCount - pendingCount;
  return {
    datasetCount: datasets.length,
    dueCount,
    metCount,
    failedCount: sum(datasets, (each) => each.failedCount),
    missedCount: sum(datasets, (each) => each.missedCount),
    unknownCount,
    pendingCount,
    ...defined({ successRatio: decidedCount === 0 ? undefined : metCount / decidedCount }),
  };
}

function bandwidthTotals(departments: readonly DepartmentFigures[]): MonthTotals['bandwidth'] {
  const sites = departments.flatMap((each) => each.bandwidth);
  const isOver = (rate: number | undefined, approved: number | undefined) =>
    rate !== undefined && approved !== undefined && rate > approved;
  return {
    siteCount: sites.length,
    overCount: count(
      sites.filter((site) => isOver(site.p95Down, site.approvedDown) || isOver(site.p95Up, site.approvedUp)),
    ),
    saturatedSeconds: sum(sites, ({ saturatedSeconds = 0 }) => saturatedSeconds),
  };
}
