import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { expect, it } from 'vitest';
import { colours } from './colours.ts';
import { named, neverIsGrey } from './mappings.ts';
import { table, type TableFace } from './table.ts';

const words = named([['wan', 'WAN']]);
const states = named([
  [0, 'Terputus', colours.bad],
  [1, 'Tersambung', colours.good],
]);

/** What is said of the column called "Kolom", by the name of the property. */
function column(face: Pick<TableFace, 'labels' | 'values'> & { normallyEmpty?: boolean }): Record<string, unknown> {
  const made = table({ title: 'Tabel', description: 'Sebuah tabel.', width: 24, height: 8, sort: [], ...face });
  const said = made.panel.fieldConfig?.overrides.find(({ matcher }) => matcher.options === 'Kolom');
  return Object.fromEntries((said?.properties ?? []).map(({ id, value }) => [id, value]));
}

const asLabel = (mappings: readonly ValueMapping[]) =>
  column({ labels: [{ label: 'kolom', title: 'Kolom', mappings }], values: [{ title: 'Nilai', expr: 'nilai' }] });
const asValue = (value: Partial<TableFace['values'][number]>) =>
  column({ labels: [], values: [{ title: 'Kolom', expr: 'nilai', ...value }] });

it('paints words that have colours, and no others: a word without one would be grey, which is unknown', () => {
  expect(asLabel([states])['custom.cellOptions']).toEqual({ type: 'color-text' });
  expect(asLabel([words])['custom.cellOptions']).toBeUndefined();
});

it('paints numbers that have steps or words with colours, and no others', () => {
  expect(asValue({ mappings: [states] })['custom.cellOptions']).toMatchObject({ type: 'color-background' });
  expect(asValue({ steps: [[0, colours.good]] })['custom.cellOptions']).toMatchObject({ type: 'color-background' });
  expect(asValue({ mappings: [neverIsGrey] })['custom.cellOptions']).toMatchObject({ type: 'auto' });
  expect(asValue({ mappings: [states], plain: true })['custom.cellOptions']).toMatchObject({ type: 'auto' });
});

it('says nothing in place of a label that is not set, whatever it says when the whole table is empty', () => {
  const labels = [{ label: 'kolom', title: 'Kolom' }];
  const values = [{ title: 'Nilai', expr: 'nilai' }];

  expect(column({ labels, values, normallyEmpty: true })['noValue']).toBe('');
  expect(column({ labels, values })['noValue']).toBeUndefined();
});
