import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { dataSource } from './data-source.ts';

/** A query and what its series are called; `{{label}}` stands for a label's value. */
export interface Query {
  expr: string;
  legend: string;
}

const letter = (index: number): string => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(index);

const target = ({ expr, legend }: Query, index: number): DataqueryBuilder =>
  new DataqueryBuilder().datasource(dataSource).refId(letter(index)).expr(expr).legendFormat(legend);

/** Over the shown time. */
export const overTime = (queries: readonly Query[]): DataqueryBuilder[] =>
  queries.map((query, index) => target(query, index).range());

/** At the end of the shown time. */
export const asOfNow = (queries: readonly Query[]): DataqueryBuilder[] =>
  queries.map((query, index) => target(query, index).instant());

/** One column of a table each. */
export const asColumns = (queries: readonly Query[]): DataqueryBuilder[] =>
  queries.map((query, index) => target(query, index).instant().format(PromQueryFormat.Table));
