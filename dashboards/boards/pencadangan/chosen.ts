import { chosenPd } from '../../promql.ts';

/** The datasets that the reader chose on this board. */
export const chosen = `${chosenPd}, dataset=~"$dataset"`;

/** One of the chosen datasets' families, whoever tells it. */
export const of = (metric: string): string => `max by (pd, dataset) (pantau_backup_${metric}{${chosen}})`;

/** How long ago one of its times is. */
export const secondsSince = (metric: string): string => `time() - ${of(`${metric}_timestamp_seconds`)}`;
