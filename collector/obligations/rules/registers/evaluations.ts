import type { Params } from '../../rule.ts';
import type { PemdaSubjectFacts } from '../../register-facts.ts';
import type { RegisterEntry } from '../../register-view.ts';
import { entriesOfPemda, textIn } from './entries.ts';

/** Kinds of evaluation that count unless a duty names others. */
export const defaultKinds = 'mandiri,asesor,eksternal,pemantauan';

export function evaluationsOf(facts: PemdaSubjectFacts, { kinds = defaultKinds }: Params): RegisterEntry[] {
  const asked = new Set(
    String(kinds)
      .split(',')
      .map((kind) => kind.trim()),
  );
  return entriesOfPemda(facts, 'evaluation').filter((entry) => asked.has(textIn(entry, 'kind') ?? ''));
}
