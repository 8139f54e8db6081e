import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { expectRoom, type RegisterDesk } from './desk.ts';
import { type ImportLine, type ImportPlan, planImport } from './files/plan-import.ts';
import { readFile, type RowProblem } from './files/read-file.ts';
import { incidentProblems } from './known-incidents.ts';
import type { RegisterKind } from './kind.ts';

/** What a file changes, or would change. */
export interface ImportResult {
  /** False when it was only looked at, or when something is wrong. */
  isApplied: boolean;
  createdCount: number;
  changedCount: number;
  unchangedCount: number;
  /** What is created or changed, the first few hundred rows. */
  lines: ImportLine[];
  problemCount: number;
  /** The first few hundred. */
  problems: RowProblem[];
}

const shownCount = 300;

/**
 * Reads a file in: all of it, or nothing when a cell of it is wrong.
 * @throws AppError `bad-file` when it cannot be read at all.
 */
export async function importEntries(
  desk: RegisterDesk,
  kind: RegisterKind,
  bytes: Uint8Array,
  { apply, actor }: { apply: boolean; actor: string },
): Promise<ImportResult> {
  const { registers } = desk.options;
  const read = await readFile(kind, bytes);
  const isReadable = read.problems.length === 0;
  const view = { kind, entries: registers.entries(kind.name), names: desk.names(), newId: desk.newId };
  const plan = await planImport(isReadable ? read.rows : [], view);
  const problems = [...read.problems, ...plan.problems, ...(await unknownIncidents(desk, kind, plan))];
  const count = (outcome: ImportLine['outcome']) => plan.lines.filter((line) => line.outcome === outcome).length;
  const [createdCount, changedCount] = [count('created'), count('changed')];
  const isApplied = apply && problems.length === 0;
  if (isApplied) {
    expectRoom(kind, registers, createdCount);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const detail = `${createdCount} created, ${changedCount} changed, from a file with SHA-256 ${sha256}`;
    await registers.write(plan.changes, { actor, action: 'register-import', subject: kind.name, detail });
  }
  return {
    isApplied,
    createdCount,
    changedCount,
    unchangedCount: count('unchanged'),
    lines: plan.lines.filter(({ outcome }) => outcome !== 'unchanged').slice(0, shownCount),
    problemCount: problems.length,
    problems: problems.slice(0, shownCount),
  };
}

async function unknownIncidents(desk: RegisterDesk, kind: RegisterKind, plan: ImportPlan): Promise<RowProblem[]> {
  const rows = new Map(plan.lines.map(({ entry, row }) => [entry, row]));
  const problems: RowProblem[] = [];
  for (const { entry, values } of plan.changes) {
    const found = await incidentProblems(kind, values, desk.options.isIncident);
    for (const problem of found) problems.push({ row: rows.get(entry) ?? 0, ...problem });
  }
  return problems;
}

/** @throws AppError `bad-import` when something was wrong, so that nothing was changed. */
export function expectRight({ problems, problemCount }: ImportResult): void {
  const [first] = problems;
  if (first === undefined) return;
  const where = `row ${first.row}, column ${first.column}`;
  const message = `${problemCount} cell(s) are wrong and nothing was changed; the first is in ${where}: ${first.message}.`;
  throw new AppError('bad-import', message.replace('?.', '?'), { status: 422, field: `/${first.row}/${first.column}` });
}
