import { families } from '../collector/metrics/catalogue.ts';
import type { FleetView } from '../collector/metrics/fleet-view.ts';
import { createOwnMetrics, type DescribedMetric } from '../collector/metrics/own-metrics.ts';

const head = `# Metrics

What \`GET /metrics\` shows and remote write sends. \`?collect[]=<group>\` chooses groups. NaN means that it is not known:
it is neither up nor down. This page is generated from the collector (\`npm run dashboards\`).
`;

/** Nothing is collected here: neither the store nor the fleet is asked. */
function ownMetrics(): DescribedMetric[] {
  const own = createOwnMetrics({} as Parameters<typeof createOwnMetrics>[0]);
  own.watch(() => ({ nowMs: 0 }) as FleetView);
  const described = own.described();
  own.stop();
  return described;
}

function tableOf(title: string, metrics: readonly DescribedMetric[]): string {
  const cell = (text: string) => text.replaceAll('|', String.raw`\|`);
  const rows = metrics.map(
    ({ name, type, labels, help }) => `| \`${name}\` | ${type} | ${labels.join(', ')} | ${cell(help)} |`,
  );
  return [`\n## ${title}\n`, '| name | type | labels | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}

/** Every metric for those who read: its name, type, labels and meaning. */
export function metricsTable(): string {
  const groups = Map.groupBy(families, ({ group }) => group);
  const fleet = [...groups].map(([group, members]) => tableOf(`Group \`${group}\``, members));
  return head + fleet.join('') + tableOf('Group `collector`', ownMetrics());
}
