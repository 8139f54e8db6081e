import type { MonthFigures } from './figures.ts';

/** Whether nothing at all was measured, judged or done in a month, as in one before the installation. */
export function isEmptyMonth({ departments, common }: MonthFigures): boolean {
  return (
    [common, ...departments].every(({ verdicts, incidents }) => verdicts.length + incidents.length === 0) &&
    departments.every(
      ({ links, nodes, datasets, bandwidth, paths }) =>
        links.every(({ upSeconds, downSeconds }) => upSeconds + downSeconds === 0) &&
        nodes.every(({ heardHourCount }) => heardHourCount === 0) &&
        datasets.every(
          (each) => each.metCount + each.failedCount + each.missedCount + each.restoreTests.length === 0,
        ) &&
        bandwidth.every(({ measuredSeconds }) => measuredSeconds === 0) &&
        paths.every(({ intraDayCount, outsideDayCount }) => intraDayCount + outsideDayCount === 0),
    )
  );
}
