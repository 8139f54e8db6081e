import { Compile } from 'typebox/compile';
import { citationProblems } from './citation-problems.ts';
import { type Obligation, RegulationSchema } from './regulation.ts';
import { ruleNamed, rules } from './rules/registry.ts';

const check = Compile(RegulationSchema);

/** A sentence for everything that is wrong with a regulation file: its shape, then its rules, parameters and citations. */
export function regulationProblems(data: unknown): string[] {
  if (!check.Check(data)) {
    return check.Errors(data).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  }
  return [...data.obligations.flatMap(ruleProblems), ...citationProblems(data)];
}

function ruleProblems({ id, rule: name, params = {}, lawParams = {} }: Obligation): string[] {
  const rule = ruleNamed(name);
  if (rule === undefined) return [`obligation ${id} names the rule "${name}", which does not exist`];
  const besides = rules.filter((other) => other.subject === 'area' && other.of === name);
  const specs = Object.assign({}, rule.params, ...besides.map((other) => other.params)) as typeof rule.params;
  return Object.entries({ ...params, ...lawParams }).flatMap(([param, value]) => {
    const spec = Object.hasOwn(specs, param) ? specs[param] : undefined;
    if (spec === undefined) return [`obligation ${id} sets "${param}", which the rule "${name}" does not have`];
    const type = typeof spec.default;
    return typeof value === type ? [] : [`obligation ${id} sets "${param}" to something else than a ${type}`];
  });
}
