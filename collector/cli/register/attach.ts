import { basename } from 'node:path';
import { maxAttachmentBytes } from '../../registers/attachments.ts';
import type { CommandIo } from '../command.ts';
import { nameOf, readRegisterArguments } from './arguments.ts';
import { readInput } from './read-input.ts';
import { withDesk } from './with-desk.ts';

export async function attachFile(args: readonly string[], io: CommandIo): Promise<number> {
  const wanted = readRegisterArguments(args, [3, 3]);
  const [name = '', entry = '', file = ''] = wanted.positionals;
  const actor = nameOf(wanted);
  const bytes = readInput(file, maxAttachmentBytes, io);
  return withDesk(wanted, io, async ({ desk }) => {
    const { sha256 } = await desk.attach(desk.kind(name), entry, { name: basename(file), bytes }, actor);
    io.stdout(`${basename(file)} is attached to ${entry}; SHA-256 ${sha256}\n`);
    return 0;
  });
}
