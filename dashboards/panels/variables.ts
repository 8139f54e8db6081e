import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { dataSource } from './data-source.ts';

/** Which Prometheus (or what speaks like it) the board reads. */
export const dataSourceVariable = (): DatasourceVariableBuilder =>
  new DatasourceVariableBuilder('datasource')
    .label('Sumber data')
    .description('Prometheus, VictoriaMetrics atau Mimir yang menyimpan metrik Pantau.')
    .type('prometheus')
    .multi(false)
    .includeAll(false);

function chosen(name: string, label: string, description: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(dataSource)
    .query({ query, refId: `variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc);
}

const any = (variable: QueryVariableBuilder): QueryVariableBuilder =>
  variable
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: ['Semua'], value: ['$__all'] });

/** Shown by name, used by id, in whatever order the labels come. Grafana does not escape a quote in a name. */
const pdQuery = 'query_result(max by (pd, name) (pantau_pd_info))';
const pdRegex = '/(?=.*[{,]pd="(?<value>[^"]+)")(?=.*?[{,]name="(?<text>.*?)"(?:,pd=|})).*/';
const pd = (description: string) => chosen('pd', 'Perangkat Daerah', description, pdQuery).regex(pdRegex);

export const pdVariable = {
  one: () => pd('Perangkat Daerah yang ditampilkan.').multi(false).includeAll(false),
  any: () => any(pd('Batasi papan ini pada Perangkat Daerah tertentu.')),
};

/** Another choice: the values that `label` has on the series of `selector`. */
export function labelVariable(
  name: string,
  label: string,
  description: string,
  of: { selector: string; label: string },
) {
  return any(chosen(name, label, description, `label_values(${of.selector}, ${of.label})`));
}
