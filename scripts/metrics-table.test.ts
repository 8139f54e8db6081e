import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metricsTable } from './metrics-table.ts';

it('is checked in as the collector has it; "npm run dashboards" writes it anew', () => {
  const checkedIn = readFileSync(new URL('../dashboards/metrics.md', import.meta.url), 'utf8');

  expect(checkedIn).toBe(metricsTable());
  expect(checkedIn).toContain('| `pantau_link_up` | gauge | pd, site, node, layer, target, probe | Whether the link');
  expect(checkedIn).toContain('| `pantau_alert_deliveries_total` | counter | channel, outcome | ');
});
