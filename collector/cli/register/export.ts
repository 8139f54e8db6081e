import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFileAtomically } from '../../../shared/atomic-file.ts';
import { exportFile, templateFile, type WrittenFile } from '../../registers/files/export-file.ts';
import type { CommandIo } from '../command.ts';
import { readRegisterArguments, wrongUsage } from './arguments.ts';
import { entriesOf } from './of-department.ts';
import { withDesk } from './with-desk.ts';

export async function exportRegister(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, pd, format, output, ...places } = readRegisterArguments(args, [1, 1]);
  return withDesk(places, io, async ({ desk, config }) => {
    const kind = desk.kind(positionals[0] ?? '');
    const entries = entriesOf(desk, kind.name, pd);
    const path = write(await exportFile(kind, entries, format, config), output, io);
    io.stdout(`${entries.length} entries of ${kind.name} in ${path}\n`);
    return 0;
  });
}

export async function fillTemplate(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, format, output, ...places } = readRegisterArguments(args, [1, 1]);
  return withDesk(places, io, async ({ desk, config }) => {
    const path = write(await templateFile(desk.kind(positionals[0] ?? ''), format, config.language), output, io);
    io.stdout(`${path}\n`);
    return 0;
  });
}

/** @returns where it was written; what is there already is overwritten only when it is named. */
function write({ name, bytes }: WrittenFile, output: string | undefined, io: CommandIo): string {
  const path = resolve(io.workingFolder, output ?? name);
  if (output === undefined && existsSync(path)) {
    throw wrongUsage(`${path} is there already; name a file with --output FILE`);
  }
  writeFileAtomically(path, bytes, 0o640);
  return path;
}
