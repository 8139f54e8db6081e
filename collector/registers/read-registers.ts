import type { RegisterView } from '../obligations/register-view.ts';
import type { MonthSource } from '../store/month-source.ts';
import { entryOf } from './entry-of.ts';

/** The registers as they are on disk. */
export async function readRegisters(source: Pick<MonthSource, 'registerRows'>): Promise<RegisterView> {
  const byName = Map.groupBy(await source.registerRows(), ({ register }) => register);
  const entries = new Map([...byName].map(([name, rows]) => [name, rows.map(entryOf)]));
  return { entries: (name) => entries.get(name) ?? [] };
}
