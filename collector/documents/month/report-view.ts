import type { PantauConfig } from '../../config/schema.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import type { MonthFigures } from './figures.ts';
import type { Scribe } from './scribe.ts';

/** What a report is written from. */
export interface ReportView {
  config: PantauConfig;
  figures: MonthFigures;
  /** Of the month before, as far as verdicts go; undefined where nothing was judged then. */
  coverage: Coverage | undefined;
  scribe: Scribe;
}

/** The name of a department, or its id when the configuration does not know it any more. */
export function departmentName({ config }: Pick<ReportView, 'config'>, pd: string): string {
  return config.perangkatDaerah.find(({ id }) => id === pd)?.name ?? pd;
}

export function siteName({ config }: Pick<ReportView, 'config'>, pd: string, site: string): string {
  const known = config.perangkatDaerah.find(({ id }) => id === pd)?.sites.find(({ id }) => id === site);
  return known?.name ?? site;
}

export function datasetName({ config }: Pick<ReportView, 'config'>, pd: string, dataset: string): string {
  const known = config.perangkatDaerah.find(({ id }) => id === pd)?.datasets.find(({ id }) => id === dataset);
  return known?.name ?? dataset;
}
