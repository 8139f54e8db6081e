import type { TableColumn } from './table.ts';

/** Columns that several tables have. */
export const pdColumn: TableColumn = {
  title: { id: 'Perangkat Daerah', en: 'Department' },
  weight: 2,
  isKey: true,
  widthCharacters: 32,
};
export const siteColumn: TableColumn = {
  title: { id: 'Lokasi', en: 'Site' },
  weight: 1.3,
  isKey: true,
  widthCharacters: 20,
};
export const datasetColumn: TableColumn = {
  title: { id: 'Himpunan data', en: 'Dataset' },
  weight: 1.6,
  isKey: true,
  widthCharacters: 24,
};
export const nodeColumn: TableColumn = {
  title: { id: 'Simpul', en: 'Node' },
  weight: 1.3,
  isKey: true,
  widthCharacters: 20,
};

export function amountColumn(id: string, en: string, weight = 1): TableColumn {
  return { title: { id, en }, align: 'right', weight, widthCharacters: 14 };
}

export function textColumn(id: string, en: string, weight = 1.5): TableColumn {
  return { title: { id, en }, weight, widthCharacters: 26 };
}
