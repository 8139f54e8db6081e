import type { PantauConfig } from '../config/schema.ts';
import type { Obligation } from './regulation.ts';
import type { Params, Rule } from './rule.ts';

/** What a rule works with for one duty: our defaults, what the duty sets, what the Pemda sets, and above all the law. */
export function paramsOf(rule: Rule, obligation: Obligation, config: PantauConfig): Params {
  const defaults = Object.entries(rule.params).map(([name, spec]) => [name, spec.default]);
  const set = config.obligations[obligation.id]?.params ?? {};
  return { ...(Object.fromEntries(defaults) as Params), ...obligation.params, ...set, ...obligation.lawParams };
}
