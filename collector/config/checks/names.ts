import { suggestName } from '../nearest-name.ts';
import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';
import type { KnownNames } from '../known-names.ts';

/** Whoever is named is there: departments, regulations, obligations. */
export function namesCheck(config: PantauConfig, known: KnownNames): ConfigProblem[] {
  const departments = config.perangkatDaerah.map((pd) => pd.id);
  const problems: ConfigProblem[] = [];
  const expectKnown = (name: string, names: readonly string[], problem: ConfigProblem) => {
    if (names.includes(name)) return;
    problems.push({ ...problem, message: `${problem.message}; ${suggestName(name, names)}` });
  };
  const { pd } = config.pemda.diskominfo;
  expectKnown(pd, departments, {
    path: ['pemda', 'diskominfo', 'pd'],
    message: `"${pd}" is no department in perangkatDaerah`,
  });
  for (const [index, id] of config.regulations.entries()) {
    expectKnown(id, known.regulations, { path: ['regulations', index], message: `"${id}" is not a known regulation` });
    if (config.regulations.indexOf(id) < index) {
      problems.push({ path: ['regulations', index], message: `"${id}" stands in the list twice; take one out` });
    }
  }
  for (const [id, { waived = [] }] of Object.entries(config.obligations)) {
    const path = ['obligations', id];
    expectKnown(id, known.obligations, { path, message: 'is not a known obligation', atKey: true });
    for (const [index, waiver] of waived.entries()) {
      expectKnown(waiver.pd, departments, {
        path: [...path, 'waived', index, 'pd'],
        message: `"${waiver.pd}" is no department in perangkatDaerah`,
      });
    }
  }
  return problems;
}
