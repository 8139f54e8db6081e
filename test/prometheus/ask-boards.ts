import { type VariableModel, VariableType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Board } from '../../dashboards/board.ts';
import { type BoardExpression, expressionsOf } from '../../dashboards/expressions.ts';
import { filledExpression } from '../dashboards/filled-expressions.ts';
import type { PrometheusApi, SeriesValue } from '../kit/prometheus-api.ts';

/** What Prometheus answered to one expression of a board. */
export interface Answered extends BoardExpression {
  /** With the values of variables in it. */
  asked: string;
  series: SeriesValue[];
}

/** A Prometheus that looks each second knows in a minute what one that looks each minute knows in an hour. */
const quick = (expr: string): string => expr.replaceAll(/:\d+[smh]\]/g, ':1s]');

/** Filled in everywhere: a chart of an hour, on a Prometheus that looks each second. */
const times = { rangeSeconds: 3600, intervalSeconds: 15, scrapeIntervalSeconds: 1 };

/**
 * Asks everything that Grafana asks for a board, with "all" chosen where that can be chosen. Where one must be chosen,
 * one after the other is, until something is answered.
 */
export async function askBoard(
  board: Board,
  prometheus: PrometheusApi,
  isAsked: (expression: BoardExpression) => boolean = () => true,
): Promise<Answered[]> {
  const choices = await choicesOf(board, prometheus);
  const answers: Answered[] = [];
  for (const expression of expressionsOf(board).filter(isAsked))
    answers.push(await askOne(expression, choices, prometheus));
  return answers;
}

type Choice = Readonly<Record<string, string | readonly string[]>>;

async function askOne(expression: BoardExpression, choices: readonly Choice[], prometheus: PrometheusApi) {
  let answered: Answered | undefined;
  for (const variables of choices) {
    const asked = quick(filledExpression(expression.expr, { ...times, variables }));
    if (asked === answered?.asked) continue;
    const series = await prometheus.query(asked).catch((cause: unknown) => {
      throw new Error(`${expression.board}, ${expression.panel}: ${asked}`, { cause });
    });
    answered = { ...expression, asked, series };
    if (series.length > 0) return answered;
  }
  if (answered === undefined) throw new Error(`${expression.board} has nothing that could be chosen`);
  return answered;
}

/** The values of a board's variables, one set for each value that must be chosen. */
async function choicesOf(board: Board, prometheus: PrometheusApi): Promise<Choice[]> {
  let choices: Choice[] = [{}];
  for (const variable of board.build().templating.list ?? []) {
    if (variable.type === VariableType.Datasource) continue;
    const values = await valuesOf(variable, choices[0] ?? {}, prometheus);
    choices = choices.flatMap((choice) => values.map((value) => ({ ...choice, [variable.name]: value })));
  }
  return choices;
}

async function valuesOf(variable: VariableModel, known: Choice, prometheus: PrometheusApi) {
  if (variable.type === VariableType.Query && variable.multi === true) return [[]];
  if (variable.type === VariableType.Query) {
    const offered = await offeredBy(variable, known, prometheus);
    if (offered.length === 0) throw new Error(`The variable ${variable.name} offers nothing.`);
    return offered;
  }
  const value = variable.current?.value;
  return [typeof value === 'string' ? value : (value ?? [])];
}

async function offeredBy({ name, query }: VariableModel, known: Choice, prometheus: PrometheusApi): Promise<string[]> {
  const text = typeof query === 'string' ? query : String(query?.['query']);
  const [, series = '', label = name] =
    /^label_values\((.+),\s*(\w+)\)$/s.exec(text) ?? /^query_result\((.+)\)$/s.exec(text) ?? [];
  const rows = await prometheus.query(filledExpression(series, { ...times, variables: known }));
  return [...new Set(rows.flatMap(({ labels }) => labels[label] ?? []))].toSorted();
}

/** Which series one of two Prometheus knows and the other does not, whatever their values are. */
export function differentSeries(one: readonly Answered[], other: readonly Answered[]): string[] {
  return one.flatMap(({ panel, expr, series }, index) => {
    const [here, there] = [namesOf(series), namesOf(other[index]?.series ?? [])];
    return [
      ...[...here].filter((name) => !there.has(name)).map((name) => `only the first: ${panel}: ${name}: ${expr}`),
      ...[...there].filter((name) => !here.has(name)).map((name) => `only the second: ${panel}: ${name}: ${expr}`),
    ];
  });
}

function namesOf(series: readonly SeriesValue[]): Set<string> {
  return new Set(series.map(({ labels: { job: _job, instance: _instance, ...labels } }) => JSON.stringify(labels)));
}
