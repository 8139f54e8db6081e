import type { RegisterEntry } from '../../obligations/register-view.ts';
import { TimeSlices } from '../../time-slices.ts';
import { checkEntry, type CheckedEntry, type EntryInput } from '../check-entry.ts';
import type { RegisterKind } from '../kind.ts';
import type { RegisterNames } from '../names.ts';
import type { RegisterChange } from '../registers.ts';
import type { RowInput, RowProblem } from './read-file.ts';

/** What reading a file in would do. */
export interface ImportPlan {
  changes: RegisterChange[];
  lines: ImportLine[];
  problems: RowProblem[];
}

export interface ImportLine {
  row: number;
  entry: string;
  outcome: 'created' | 'changed' | 'unchanged';
  /** Of a changed entry: the columns that differ. */
  columns: string[];
}

export interface ImportView {
  kind: RegisterKind;
  /** As they are now. */
  entries: readonly RegisterEntry[];
  names: RegisterNames;
  newId(): string;
}

/**
 * A row with an id changes that entry; one without is a new entry, unless the same stands there already, so that a file
 * may be read in twice. What is not in the file stays as it is, rows and columns alike.
 */
export async function planImport(rows: readonly RowInput[], view: ImportView): Promise<ImportPlan> {
  const plan: ImportPlan = { changes: [], lines: [], problems: [] };
  const byId = new Map(view.entries.map((entry) => [entry.id, entry]));
  const same = new Map(view.entries.map((entry) => [contentOf(view.kind, entry), entry.id]));
  const seen = new Set<string>();
  const slices = new TimeSlices();
  for (const row of rows) {
    if (slices.isOver) await slices.rest();
    const before = row.id === undefined ? undefined : byId.get(row.id);
    const { entry, problems } = checkEntry(view.kind, before === undefined ? row : completed(row, before), view.names);
    const wrong = [...problems, ...(row.id === undefined ? [] : identityProblems(row, before, seen))];
    if (row.id !== undefined) seen.add(row.id);
    for (const problem of wrong) plan.problems.push({ row: row.row, ...problem });
    if (entry === undefined || wrong.length > 0) continue;
    if (before !== undefined) addChange(plan, row.row, entry, before, view.kind);
    else addNew(plan, row.row, entry, same, view);
  }
  return plan;
}

/** With what the entry holds in columns that the file does not have. */
function completed({ columns, pd, values }: RowInput, before: RegisterEntry): EntryInput {
  const others = Object.entries(before.values).filter(([name]) => !columns.includes(name));
  return { pd: columns.includes('pd') ? pd : before.pd, values: { ...Object.fromEntries(others), ...values } };
}

function identityProblems({ id, revision }: RowInput, before: RegisterEntry | undefined, seen: ReadonlySet<string>) {
  const shown = id?.slice(0, 64);
  if (before === undefined) {
    return [{ column: 'id', message: `there is no entry "${shown}"; leave the cell empty for a new one` }];
  }
  if (seen.has(before.id)) return [{ column: 'id', message: `the entry "${shown}" stands in the file twice` }];
  const now = before.reference.revision;
  if (revision === undefined || String(revision).trim() === String(now)) return [];
  const message = `the entry was changed meanwhile, it has revision ${now} by now; export it again`;
  return [{ column: 'revision', message }];
}

function addChange(
  plan: ImportPlan,
  row: number,
  entry: CheckedEntry,
  before: RegisterEntry,
  kind: RegisterKind,
): void {
  const columns = kind.columns.map(({ name }) => name).filter((name) => entry.values[name] !== before.values[name]);
  if (entry.pd !== before.pd) columns.unshift('pd');
  plan.lines.push({ row, entry: before.id, outcome: columns.length === 0 ? 'unchanged' : 'changed', columns });
  if (columns.length === 0) return;
  const { register, revision } = before.reference;
  const { attachments, id } = before;
  plan.changes.push({ register, entry: id, expectedRevision: revision, ...entry, attachments });
}

function addNew(plan: ImportPlan, row: number, entry: CheckedEntry, same: Map<string, string>, view: ImportView): void {
  const content = contentOf(view.kind, entry);
  const known = same.get(content);
  const id = known ?? view.newId();
  plan.lines.push({ row, entry: id, outcome: known === undefined ? 'created' : 'unchanged', columns: [] });
  if (known !== undefined) return;
  same.set(content, id);
  plan.changes.push({ register: view.kind.name, entry: id, expectedRevision: 0, ...entry, attachments: [] });
}

function contentOf(kind: RegisterKind, { pd, values }: Pick<RegisterEntry, 'pd' | 'values'>): string {
  return JSON.stringify([pd ?? '', ...kind.columns.map(({ name }) => values[name] ?? '')]);
}
