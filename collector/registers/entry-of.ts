import type { RegisterEntry } from '../obligations/register-view.ts';
import type { RegisterRevisionRow } from '../store/register-port.ts';

/** What a revision says of its entry. */
export function entryOf(row: RegisterRevisionRow): RegisterEntry {
  const { register, entry: id, revision, pd, values, attachments, atMs, actor } = row;
  const reference = { register, entry: id, revision };
  return { id, pd, values, attachments, enteredAtMs: atMs, enteredBy: actor, reference };
}
