import type { KnownNames } from '../config/known-names.ts';
import { regulations } from '../obligations/regulations/registry.ts';

/** What a configuration may name: the regulations that are built in, and their obligations. */
export const knownNames: KnownNames = {
  regulations: regulations.map((regulation) => regulation.id),
  obligations: regulations.flatMap((regulation) => regulation.obligations.map((obligation) => obligation.id)),
};
