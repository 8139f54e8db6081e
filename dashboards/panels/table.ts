import {
  TableCellDisplayMode,
  TableCellHeight,
  TableFooterOptionsBuilder,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLinkBuilder,
  type DynamicConfigValue,
  MappingType,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { unknownIsGrey } from './mappings.ts';
import { type BoardPanel, type Face, finish, type Steps, thresholdsOf } from './panel.ts';
import { asColumns } from './queries.ts';

interface AnyColumn {
  title: string;
  mappings?: readonly ValueMapping[];
  link?: DashboardLinkBuilder;
  widthPixels?: number;
}

/** What stands in a label of the rows. */
export interface LabelColumn extends AnyColumn {
  label: string;
  /** Needed for a link, not for the eye. */
  hidden?: boolean;
}

/** What a query says of each row. */
export interface ValueColumn extends AnyColumn {
  expr: string;
  unit?: string;
  decimals?: number;
  min?: number;
  max?: number;
  steps?: Steps;
  /** A bar in the cell instead of a coloured cell. */
  bar?: boolean;
  hidden?: boolean;
  /** Words for some values, but no colour of the cell. */
  plain?: boolean;
}

export interface TableFace extends Face {
  labels: readonly LabelColumn[];
  /** The first must have a row wherever any other has one. The labels that rows are joined by are on all of them. */
  values: readonly ValueColumn[];
  sort: readonly { by: string; descending?: boolean }[];
}

/** A table of what is now, a page at a time; the reader may sort it otherwise. */
export function table(face: TableFace): BoardPanel {
  const { labels, values, sort } = face;
  const builder = new PanelBuilder()
    .targets(asColumns(values.map(({ expr, title }) => ({ expr, legend: title }))))
    .cellHeight(TableCellHeight.Sm)
    .filterable(true)
    .footer(new TableFooterOptionsBuilder().show(false).reducer([]).enablePagination(true))
    .sortBy(
      sort.map(({ by, descending = false }) => new TableSortByFieldStateBuilder().displayName(by).desc(descending)),
    )
    .transformations([
      { id: 'merge', options: {} },
      {
        id: 'filterFieldsByName',
        options: { include: { names: [...labels.map(({ label }) => label), ...fieldsOf(values)] } },
      },
      { id: 'organize', options: order(labels, values) },
    ]);
  for (const column of [...labels, ...values]) {
    builder.overrideByName(column.title, properties(column, face.normallyEmpty));
  }
  return finish(builder, face);
}

/** Grafana calls the values after their queries, and a lone one `Value`. */
const fieldOf = (index: number): string => `Value #${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(index)}`;
const lone = 'Value';
const fieldsOf = (values: readonly ValueColumn[]): string[] => [lone, ...values.map((_, index) => fieldOf(index))];

function order(labels: readonly LabelColumn[], values: readonly ValueColumn[]) {
  const named = [
    ...labels.map(({ label, title }) => [label, title] as const),
    ...values.map(({ title }, index) => [fieldOf(index), title] as const),
  ];
  return {
    indexByName: Object.fromEntries(named.map(([field], index) => [field, index])),
    renameByName: Object.fromEntries([...named, [lone, values[0]?.title ?? lone]]),
    excludeByName: {},
  };
}

function properties(column: LabelColumn | ValueColumn, normallyEmpty = false): DynamicConfigValue[] {
  const { mappings, link, widthPixels, hidden } = column;
  return [
    ...(mappings === undefined && !('expr' in column) ? [] : [{ id: 'mappings', value: mappingsOf(column) }]),
    ...(link === undefined ? [] : [{ id: 'links', value: [link.build()] }]),
    ...(widthPixels === undefined ? [] : [{ id: 'custom.width', value: widthPixels }]),
    ...(hidden === true ? [{ id: 'custom.hidden', value: true }] : []),
    // What a table as a whole says when it is empty is no word for a label that is not set.
    ...(normallyEmpty && !('expr' in column) ? [{ id: 'noValue', value: '' }] : []),
    ...('expr' in column ? valueProperties(column) : labelProperties(column)),
  ];
}

const mappingsOf = ({ mappings = [] }: AnyColumn): ValueMapping[] => [...mappings, unknownIsGrey];

/** What has words without colours is not painted: Grafana would take the colour of the lowest step, grey, which is unknown. */
const haveColours = (mappings: readonly ValueMapping[] = []): boolean =>
  mappings.some(
    ({ type, options }) =>
      type === MappingType.ValueToText && Object.values(options).every(({ color }) => color !== undefined),
  );

const labelProperties = ({ mappings }: LabelColumn): DynamicConfigValue[] =>
  haveColours(mappings) ? [{ id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } }] : [];

function valueProperties(column: ValueColumn): DynamicConfigValue[] {
  const { unit, decimals, min, max, steps, mappings } = column;
  const isColoured = column.plain !== true && (steps !== undefined || haveColours(mappings));
  const cell =
    column.bar === true
      ? { type: TableCellDisplayMode.Gauge, mode: 'basic' }
      : { type: isColoured ? TableCellDisplayMode.ColorBackground : TableCellDisplayMode.Auto, mode: 'basic' };
  return [
    { id: 'custom.cellOptions', value: cell },
    ...(steps === undefined ? [] : [{ id: 'thresholds', value: thresholdsOf(steps).build() }]),
    ...Object.entries({ unit, decimals, min, max }).flatMap(([id, value]) =>
      value === undefined ? [] : [{ id, value }],
    ),
  ];
}
