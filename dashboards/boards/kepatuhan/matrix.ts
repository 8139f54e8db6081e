import {
  FieldTextAlignment,
  TableCellDisplayMode,
  TableCellHeight,
  TableFooterOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { type BoardPanel, finish } from '../../panels/panel.ts';
import { asColumns } from '../../panels/queries.ts';
import { matrix } from './expressions.ts';
import { notJudged, verdictNames } from './words.ts';

/** One row for each department, however many there are; one column for each duty, of which a regulation has a dozen. */
export const matrixPanel: BoardPanel = finish(
  new PanelBuilder()
    .targets(asColumns([{ expr: matrix, legend: 'penilaian' }]))
    .cellHeight(TableCellHeight.Sm)
    .align(FieldTextAlignment.Center)
    .minWidth(130)
    .footer(new TableFooterOptionsBuilder().show(false).reducer([]).enablePagination(true))
    .cellOptions({ type: TableCellDisplayMode.ColorBackground })
    .transformations([
      // Columns stand in the order in which they first occur.
      { id: 'sortBy', options: { fields: {}, sort: [{ field: 'order' }] } },
      {
        id: 'groupingToMatrix',
        options: { rowField: 'name', columnField: 'column', valueField: 'Value', emptyValue: 'null' },
      },
      {
        id: 'organize',
        options: { renameByName: { 'name\\column': 'Perangkat Daerah' }, excludeByName: {}, indexByName: {} },
      },
    ])
    .overrideByName('Perangkat Daerah', [
      { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.Auto } },
      { id: 'custom.align', value: FieldTextAlignment.Left },
      { id: 'mappings', value: [] },
      { id: 'custom.width', value: 280 },
    ]),
  {
    title: 'Kewajiban menurut Perangkat Daerah',
    description:
      'Keadaan sekarang tiap kewajiban (Pasal dan judulnya) pada tiap Perangkat Daerah. Bila satu kewajiban dinilai atas beberapa hal (misalnya beberapa data), yang terburuk ditampilkan. Bobot tidak pernah melebihi kata kerja peraturannya.',
    mappings: [verdictNames, notJudged],
    width: 24,
    height: 14,
  },
);
