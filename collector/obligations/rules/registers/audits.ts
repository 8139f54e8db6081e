import type { Params } from '../../rule.ts';
import type { PemdaSubjectFacts } from '../../register-facts.ts';
import type { RegisterEntry } from '../../register-view.ts';
import { entriesOfPemda, textIn } from './entries.ts';

/** What an ICT audit looks at, in words for a sentence. */
export const scopeWords = {
  infrastruktur: { id: 'Infrastruktur SPBE', en: 'the infrastructure' },
  aplikasi: { id: 'Aplikasi SPBE', en: 'the applications' },
  keamanan: { id: 'Keamanan SPBE', en: 'the security' },
} as const;

const scopes = Object.keys(scopeWords);

/** The scopes that a duty asks for: the one that it names, or all. */
export function scopesOf({ scope }: Params): readonly string[] {
  return typeof scope === 'string' && scopes.includes(scope) ? [scope] : scopes;
}

export function auditsOf(scope: string, facts: PemdaSubjectFacts, { auditorKind = '' }: Params): RegisterEntry[] {
  return entriesOfPemda(facts, 'audit').filter(
    (entry) => textIn(entry, 'scope') === scope && (auditorKind === '' || textIn(entry, 'auditorKind') === auditorKind),
  );
}
