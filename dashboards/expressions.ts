import {
  type Dashboard,
  type Panel,
  type RowPanel,
  type VariableModel,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Board } from './board.ts';

/** One PromQL expression of a board, with Grafana's variables still in it. */
export interface BoardExpression {
  board: string;
  /** Title of the panel; of a variable or an annotation, what it is and its name. */
  panel: string;
  expr: string;
  /** On a good day it returns nothing. */
  normallyEmpty: boolean;
}

/** Every expression that Grafana asks for a board. */
export function expressionsOf(board: Board): BoardExpression[] {
  const dashboard = board.build();
  const told = (panel: string, expr: string, normallyEmpty = false): BoardExpression => ({
    board: board.name,
    panel,
    expr,
    normallyEmpty,
  });
  return [
    ...panelsOf(dashboard).flatMap((panel) =>
      queriesOf(panel).map(({ expr }) =>
        told(panel.title ?? '', expr, board.normallyEmpty.includes(panel.title ?? '')),
      ),
    ),
    ...(dashboard.templating.list ?? []).flatMap((variable) =>
      exprsOfVariable(variable).map((expr) => told(`variabel ${variable.name}`, expr)),
    ),
    // What it marks may not have happened.
    ...(dashboard.annotations.list ?? []).flatMap(({ name, expr }) =>
      expr === undefined ? [] : [told(`anotasi ${name}`, expr, true)],
    ),
  ];
}

/** The panels of a board without its headings. */
export function panelsOf(dashboard: Dashboard): Panel[] {
  return (dashboard.panels ?? []).flatMap((each) => (isRow(each) ? each.panels : [each]));
}

const isRow = (each: Panel | RowPanel): each is RowPanel => each.type === 'row';

/** The questions of a panel; every board asks Prometheus. */
export const queriesOf = ({ targets = [] }: Panel): Dataquery[] => targets as Dataquery[];

/** The series that a variable takes its values from, of `label_values(series, label)` and `query_result(expression)`. */
function exprsOfVariable({ type, query }: VariableModel): string[] {
  if (type !== VariableType.Query || query === undefined) return [];
  const asked = typeof query === 'string' ? query : String(query['query']);
  const [, series, result] = /^(?:label_values\((.+),\s*\w+|query_result\((.+))\)$/s.exec(asked) ?? [];
  const expr = series ?? result;
  if (expr === undefined) throw new Error(`A variable asks what is not understood here: ${asked}`);
  return [expr];
}
