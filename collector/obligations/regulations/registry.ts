import type { Regulation } from '../regulation.ts';
import { regulationProblems } from '../regulation-problems.ts';
import balangan from './balangan-perda-8-2024.json' with { type: 'json' };
import lebong from './lebong-perbup-22-2022.json' with { type: 'json' };
import purbalingga from './purbalingga-perbup-90-2021.json' with { type: 'json' };
import sigi from './sigi-perbup-27-2019.json' with { type: 'json' };
import soppeng from './soppeng-perbup-22-2021.json' with { type: 'json' };

const files: readonly unknown[] = [lebong, balangan, purbalingga, sigi, soppeng];

/** Every regulation that a configuration may name, checked when the program starts. */
export const regulations: readonly Regulation[] = files.map(checkedRegulation);

/** @throws Error that names the file's part which is wrong: a regulation file is part of the program. */
export function checkedRegulation(data: unknown): Regulation {
  const regulation = regulationOf(data);
  if (Array.isArray(regulation)) throw new Error(`a regulation file is wrong: ${regulation[0] ?? 'unknown'}`);
  return regulation;
}

/** @returns a sentence for everything that is wrong with it, if anything is. */
export function regulationOf(data: unknown): Regulation | string[] {
  const problems = regulationProblems(data);
  return problems.length > 0 ? problems : (data as Regulation);
}

/** Every regulation that a configuration asks to be judged by, in its order: built in, or the Pemda's own. */
export function regulationsOf({
  regulations: asked,
  ownRegulations = [],
}: {
  regulations: readonly string[];
  ownRegulations?: readonly Regulation[];
}): Regulation[] {
  return asked.flatMap((id) => [...regulations, ...ownRegulations].find((known) => known.id === id) ?? []);
}

export function regulationNamed(id: string): Regulation | undefined {
  return regulations.find((regulation) => regulation.id === id);
}
