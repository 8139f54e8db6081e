import { describe, expect, it } from 'vitest';
import { boards } from '../../dashboards/registry.ts';
import type { PrometheusApi } from '../kit/prometheus-api.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { startVictoriaMetrics } from '../kit/victoria-metrics.ts';
import { needs } from '../requirements.ts';
import { askedBy, jsonOf } from './board-parts.ts';
import { filledExpression, variablesIn } from './filled-expressions.ts';

/** "All", several and one: what a reader may choose. */
const choices = [[], ['a.b', 'c'], 'd'];

/** One sentence for each expression that is refused. */
async function refusedBy(api: PrometheusApi): Promise<string[]> {
  const refused: string[] = [];
  for (const board of boards) {
    for (const { where, expr } of askedBy(jsonOf(board))) {
      for (const value of choices) {
        const variables = Object.fromEntries(variablesIn(expr).map((name) => [name, value]));
        await api.query(filledExpression(expr, { variables })).catch((error: unknown) => {
          refused.push(`${board.name}, ${where}: ${String(error)}`);
        });
      }
    }
  }
  return refused;
}

const prometheus = needs({ tools: ['prometheus'] });
const victoriaMetrics = needs({ tools: ['victoria-metrics'] });

describe('the expressions of the boards', () => {
  it.skipIf(!prometheus.ok)(`are all taken by Prometheus ${prometheus.reason}`, async () => {
    expect(await refusedBy(await startPrometheus({ folder: temporaryFolder() }))).toEqual([]);
  });

  it.skipIf(!victoriaMetrics.ok)(`are all taken by VictoriaMetrics ${victoriaMetrics.reason}`, async () => {
    expect(await refusedBy(await startVictoriaMetrics({ folder: temporaryFolder() }))).toEqual([]);
  });
});
