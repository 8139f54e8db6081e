import type { Figure, Target } from './bench.ts';
import type { Spread } from './statistics.ts';

/** Whether a figure is as it should be; undefined when nothing was asked of it. */
export function isMet({ value, target }: Figure): boolean | undefined {
  return target === undefined ? undefined : judged(value, target) <= target.atMost;
}

function judged(value: Spread, { of = 'median' }: Target): number {
  return of === 'max' ? value.max : value.median;
}

/** Three significant digits, thousands in groups. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');
  return String(Number(value.toPrecision(3)));
}

function formatSpread({ median, min, max, count }: Spread): string {
  return count === 1 ? formatNumber(median) : `${formatNumber(median)} [${formatNumber(min)}..${formatNumber(max)}]`;
}

function formatTarget(figure: Figure): string {
  const { target } = figure;
  if (target === undefined) return '';
  return `≤ ${formatNumber(target.atMost)} ${isMet(figure) === true ? 'met' : 'MISSED'}`;
}

/** Lines of a table: name, value with its unit, target; notes stand below their line. */
export function resultTable(figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => [
    figure.name,
    `${formatSpread(figure.value)} ${figure.unit}`.trim(),
    formatTarget(figure),
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return figures.flatMap((figure, index) => {
    const [name = '', value = '', target = ''] = rows[index] ?? [];
    const line = `  ${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${target}`.trimEnd();
    return figure.note === undefined ? [line] : [line, `      ${figure.note}`];
  });
}
