import { toPdOfRow } from '../../panels/links.ts';
import type { LabelColumn } from '../../panels/table.ts';
import { mediumNames } from './layers.ts';

/** Whose row it is; the name leads to the board of the department. */
export const whose: readonly LabelColumn[] = [
  { label: 'pd', title: 'Kode', hidden: true },
  { label: 'name', title: 'Perangkat Daerah', link: toPdOfRow },
  { label: 'site', title: 'Lokasi' },
];

export const place: readonly LabelColumn[] = [
  ...whose,
  { label: 'site_name', title: 'Nama lokasi' },
  { label: 'medium', title: 'Media', mappings: [mediumNames] },
];
