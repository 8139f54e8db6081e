import { maxFileBytes } from '../../registers/files/read-file.ts';
import { importEntries, type ImportResult } from '../../registers/import-entries.ts';
import type { CommandIo } from '../command.ts';
import { nameOf, readRegisterArguments } from './arguments.ts';
import { readInput } from './read-input.ts';
import { withDesk } from './with-desk.ts';

export async function importRegister(args: readonly string[], io: CommandIo): Promise<number> {
  const wanted = readRegisterArguments(args, [2, 2]);
  const { apply, positionals } = wanted;
  const [name = '', file = ''] = positionals;
  const actor = apply ? nameOf(wanted) : '';
  const bytes = readInput(file, maxFileBytes, io);
  return withDesk(wanted, io, async ({ desk }) => {
    const result = await importEntries(desk, desk.kind(name), bytes, { apply, actor });
    tell(result, io);
    return result.problemCount > 0 ? 1 : 0;
  });
}

function tell(result: ImportResult, io: CommandIo): void {
  const { problems, problemCount, lines, createdCount, changedCount, unchangedCount, isApplied } = result;
  for (const { row, column, message } of problems) io.stderr(`row ${row}, ${column}: ${message}\n`);
  if (problemCount > 0) {
    const more = problemCount > problems.length ? `; ${problemCount - problems.length} more are not shown` : '';
    io.stderr(`${problemCount} cell(s) are wrong, nothing was changed${more}.\n`);
    return;
  }
  for (const { row, entry, outcome, columns } of lines) {
    io.stdout(`row ${row}: ${outcome === 'created' ? 'new' : `${entry} changes ${columns.join(', ')}`}\n`);
  }
  const counts = `${createdCount} new, ${changedCount} changed, ${unchangedCount} as they are`;
  io.stdout(isApplied ? `Done: ${counts}.\n` : `It would be: ${counts}. Nothing was changed; add --apply --by NAME.\n`);
}
