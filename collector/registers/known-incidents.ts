import type { CellProblem } from './check-entry.ts';
import type { RegisterKind } from './kind.ts';

/** What is wrong with the incidents that an entry names: one that is not there proves nothing. */
export async function incidentProblems(
  kind: RegisterKind,
  values: Readonly<Record<string, string | number | boolean>>,
  isIncident: (id: string) => Promise<boolean>,
): Promise<CellProblem[]> {
  const problems: CellProblem[] = [];
  for (const { name, type } of kind.columns) {
    const id = values[name];
    if (type !== 'incident' || typeof id !== 'string' || (await isIncident(id))) continue;
    problems.push({ column: name, message: `there is no incident "${id}"` });
  }
  return problems;
}
