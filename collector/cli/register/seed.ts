import { seedHardware } from '../../registers/seed-hardware.ts';
import type { CommandIo } from '../command.ts';
import { nameOf, readRegisterArguments, wrongUsage } from './arguments.ts';
import { withDesk } from './with-desk.ts';

export async function seedRegister(args: readonly string[], io: CommandIo): Promise<number> {
  const wanted = readRegisterArguments(args, [1, 1]);
  const { apply, positionals } = wanted;
  if (positionals[0] !== 'hardware') throw wrongUsage('only the register hardware can be seeded');
  const actor = apply ? nameOf(wanted) : '';
  return withDesk(wanted, io, async ({ desk, machines }) => {
    const { entries, knownCount } = await seedHardware(desk, await machines(), { apply, actor });
    for (const { pd, values } of entries) {
      io.stdout(`${pd}  ${Object.values(values).join('  ')}\n`);
    }
    const what = apply ? 'are in the register now' : 'would be new; add --apply --by NAME';
    io.stdout(`${entries.length} ${what}; ${knownCount} were there already.\n`);
    return 0;
  });
}
