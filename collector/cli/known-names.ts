import type { KnownNames } from '../config/known-names.ts';
import { regulations } from '../obligations/regulations/registry.ts';
import { rules } from '../obligations/rules/registry.ts';

const obligations = regulations.flatMap((regulation) => regulation.obligations);

/** What a configuration may name: the regulations that are built in, their obligations, and the parameters of these. */
export const knownNames: KnownNames = {
  regulations: regulations.map((regulation) => regulation.id),
  obligations: obligations.map((obligation) => obligation.id),
  params: Object.fromEntries(obligations.map(({ id, rule }) => [id, paramTypesOf(rule)])),
};

/** Those of the rule, and of the rule that judges areas beside it. */
function paramTypesOf(name: string): KnownNames['params'][string] {
  const judging = rules.filter((rule) => rule.name === name || (rule.subject === 'area' && rule.of === name));
  return Object.fromEntries(
    judging.flatMap(({ params }) =>
      Object.entries(params).map(([param, spec]) => [param, typeof spec.default as 'number' | 'string' | 'boolean']),
    ),
  );
}
