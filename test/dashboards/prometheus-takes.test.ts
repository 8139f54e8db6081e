import { describe, expect, it } from 'vitest';
import { boards } from '../../dashboards/registry.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { needs } from '../requirements.ts';
import { askedBy, jsonOf } from './board-parts.ts';
import { filledExpression, variablesIn } from './filled-expressions.ts';

const needed = needs({ tools: ['prometheus'] });

describe.skipIf(!needed.ok)(`the expressions of the boards ${needed.reason}`, () => {
  it('are all taken by the real Prometheus, with one value and with several chosen', async () => {
    const prometheus = await startPrometheus({ folder: temporaryFolder() });
    const refused: string[] = [];
    for (const board of boards) {
      for (const { where, expr } of askedBy(jsonOf(board))) {
        for (const value of [[], ['a.b', 'c'], 'd']) {
          const variables = Object.fromEntries(variablesIn(expr).map((name) => [name, value]));
          await prometheus.query(filledExpression(expr, { variables })).catch((error: unknown) => {
            refused.push(`${board.name}, ${where}: ${String(error)}`);
          });
        }
      }
    }

    expect(refused).toEqual([]);
  });
});
