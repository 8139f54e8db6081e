import { Compile } from 'typebox/compile';
import { citationProblems } from '../citation-problems.ts';
import { type Regulation, RegulationSchema } from '../regulation.ts';
import { ruleNamed } from '../rules/registry.ts';
import balangan from './balangan-perda-8-2024.json' with { type: 'json' };
import lebong from './lebong-perbup-22-2022.json' with { type: 'json' };
import purbalingga from './purbalingga-perbup-90-2021.json' with { type: 'json' };
import sigi from './sigi-perbup-27-2019.json' with { type: 'json' };
import soppeng from './soppeng-perbup-22-2021.json' with { type: 'json' };

const files: readonly unknown[] = [lebong, balangan, purbalingga, sigi, soppeng];
const check = Compile(RegulationSchema);

/** Every regulation that a configuration may name, checked when the program starts. */
export const regulations: readonly Regulation[] = files.map(checkedRegulation);

/** @throws Error that names the file's part which is wrong: a regulation file is part of the program. */
export function checkedRegulation(data: unknown): Regulation {
  if (!check.Check(data)) {
    const [first] = check.Errors(data);
    throw new Error(`a regulation file is wrong at ${first?.instancePath ?? '/'}: ${first?.message ?? 'unknown'}`);
  }
  for (const obligation of data.obligations) {
    if (ruleNamed(obligation.rule) === undefined) {
      throw new Error(
        `${data.id}: obligation ${obligation.id} names the rule "${obligation.rule}", which does not exist`,
      );
    }
  }
  const [wrong] = citationProblems(data);
  if (wrong !== undefined) throw new Error(`${data.id}: ${wrong}`);
  return data;
}

export function regulationNamed(id: string): Regulation | undefined {
  return regulations.find((regulation) => regulation.id === id);
}
