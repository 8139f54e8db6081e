// `npm run dashboards`: writes the boards that Grafana reads, from the code in dashboards/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { boards } from '../dashboards/registry.ts';

const folder = new URL('../dashboards/grafana/boards/', import.meta.url);

mkdirSync(folder, { recursive: true });
for (const board of boards) {
  writeFileSync(new URL(`${board.name}.json`, folder), `${JSON.stringify(board.build(), undefined, 2)}\n`);
  process.stdout.write(`dashboards/grafana/boards/${board.name}.json\n`);
}
