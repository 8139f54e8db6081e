import { families } from './catalogue.ts';
import { renderFamilies } from './exposition.ts';
import type { FleetView } from './fleet-view.ts';
import type { OwnMetrics } from './own-metrics.ts';

/** The whole page, piece by piece: between two pieces the process does other work. */
export async function* metricsPage(view: FleetView, own: Pick<OwnMetrics, 'text'>): AsyncGenerator<string> {
  for (const chunk of renderFamilies(families, view)) {
    yield chunk;
    await new Promise((next) => setImmediate(next));
  }
  yield await own.text();
}
