import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';
import { cleanText } from '../sensors/clean-text.ts';

/** What every reading says of which router was read, by which reader and when. */
export function readingHead(
  { pd, site, host, reader }: RouterConfig,
  takenAtMs: number,
): Pick<ReportRouter, 'pd' | 'site' | 'address' | 'reader' | 'takenAt'> {
  return {
    ...(pd === undefined ? {} : { pd }),
    ...(site === undefined ? {} : { site }),
    address: cleanText(host, 255) ?? '?',
    reader,
    takenAt: new Date(takenAtMs).toISOString(),
  };
}
