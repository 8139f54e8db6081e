import type { Known, KnownNames } from '../config/known-names.ts';
import { nameOfCitation } from '../obligations/citation.ts';
import type { Regulation } from '../obligations/regulation.ts';
import { regulationOf, regulations } from '../obligations/regulations/registry.ts';
import { rules } from '../obligations/rules/registry.ts';

/** What a configuration may name: regulations, their obligations, and the parameters of these. */
export const knownNames: Known = {
  ...namesOf(regulations),
  regulationOf,
  with: (own) => namesOf([...regulations, ...own]),
};

function namesOf(all: readonly Regulation[]): KnownNames {
  const obligations = all.flatMap((regulation) => regulation.obligations);
  return {
    regulations: all.map((regulation) => regulation.id),
    obligations: obligations.map((obligation) => obligation.id),
    params: Object.fromEntries(obligations.map(({ id, rule }) => [id, paramTypesOf(rule)])),
    lawParams: Object.fromEntries(
      obligations.map(({ id, citation, lawParams = {} }) => [
        id,
        Object.fromEntries(Object.keys(lawParams).map((param) => [param, nameOfCitation(citation)])),
      ]),
    ),
    diskominfo: Object.fromEntries(all.map(({ id, parties }) => [id, parties.diskominfo])),
  };
}

/** Those of the rule, and of the rule that judges areas beside it. */
function paramTypesOf(name: string): KnownNames['params'][string] {
  const judging = rules.filter((rule) => rule.name === name || (rule.subject === 'area' && rule.of === name));
  return Object.fromEntries(
    judging.flatMap(({ params }) =>
      Object.entries(params).map(([param, spec]) => [param, typeof spec.default as 'number' | 'string' | 'boolean']),
    ),
  );
}
