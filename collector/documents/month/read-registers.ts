import type { RegisterEntry, RegisterView } from '../../obligations/register-view.ts';
import type { MonthSource } from '../../store/month-source.ts';
import type { RegisterRevisionRow } from '../../store/register-port.ts';

/** The registers as they are on disk. */
export async function readRegisters(source: Pick<MonthSource, 'registerRows'>): Promise<RegisterView> {
  const byName = Map.groupBy(await source.registerRows(), ({ register }) => register);
  const entries = new Map([...byName].map(([name, rows]) => [name, rows.map(entryOf)]));
  return { entries: (name) => entries.get(name) ?? [] };
}

function entryOf(row: RegisterRevisionRow): RegisterEntry {
  const { register, entry: id, revision, pd, values, attachments, atMs, actor } = row;
  const reference = { register, entry: id, revision };
  return { id, pd, values, attachments, enteredAtMs: atMs, enteredBy: actor, reference };
}
