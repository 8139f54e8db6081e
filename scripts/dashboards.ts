// `npm run dashboards`: writes the boards that Grafana reads, from the code in dashboards/, and the list of all metrics.
import { mkdirSync, writeFileSync } from 'node:fs';
import { boards } from '../dashboards/registry.ts';
import { metricsTable } from './metrics-table.ts';

const folder = new URL('../dashboards/grafana/boards/', import.meta.url);

mkdirSync(folder, { recursive: true });
for (const board of boards) {
  writeFileSync(new URL(`${board.name}.json`, folder), `${JSON.stringify(board.build(), undefined, 2)}\n`);
  process.stdout.write(`dashboards/grafana/boards/${board.name}.json\n`);
}

writeFileSync(new URL('../dashboards/metrics.md', import.meta.url), metricsTable());
process.stdout.write('dashboards/metrics.md\n');
