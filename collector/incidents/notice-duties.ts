import type { PantauConfig } from '../config/schema.ts';
import type { Citation } from '../obligations/citation.ts';
import type { Regulation } from '../obligations/regulation.ts';
import { regulationsOf } from '../obligations/regulations/registry.ts';

/** Duties of the configured regulations that ask for a written notice of a serious incident; Sigi alone has one. */
export function noticeDutiesOf(
  config: Pick<PantauConfig, 'regulations' | 'ownRegulations'>,
): { citation: Citation; regulation: Regulation }[] {
  return regulationsOf(config).flatMap((regulation) =>
    regulation.obligations
      .filter(({ rule }) => rule === 'incident-reported')
      .map(({ citation }) => ({ citation, regulation })),
  );
}
