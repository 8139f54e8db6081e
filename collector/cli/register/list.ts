import { formatZonedRfc3339 } from '../../../shared/local-time.ts';
import { registerKinds } from '../../registers/kinds/registry.ts';
import type { CommandIo } from '../command.ts';
import { readRegisterArguments } from './arguments.ts';
import { type OpenDesk, withDesk } from './with-desk.ts';

export async function listRegisters(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, pd, ...places } = readRegisterArguments(args, [0, 1]);
  const [name] = positionals;
  return withDesk(places, io, async (open) => {
    for (const line of name === undefined ? registersOf(open) : entriesOf(open, name, pd)) io.stdout(`${line}\n`);
    return 0;
  });
}

function registersOf({ desk, config }: OpenDesk): string[] {
  return registerKinds.map(({ name, title }) => {
    const count = desk.options.registers.entries(name).length;
    return `${name.padEnd(20)} ${String(count).padStart(6)}  ${title[config.language]}`;
  });
}

function entriesOf({ desk, config }: OpenDesk, name: string, pd: string | undefined): string[] {
  const kind = desk.kind(name);
  return desk.options.registers
    .entries(name)
    .filter((entry) => pd === undefined || entry.pd === pd)
    .map((entry) => {
      const cells = kind.columns.flatMap((column) => {
        const value = entry.values[column.name];
        return value === undefined ? [] : [`${column.name}=${JSON.stringify(value)}`];
      });
      const entered = `${formatZonedRfc3339(entry.enteredAtMs, config.timezone)} ${entry.enteredBy}`;
      return [entry.id, entry.pd ?? '-', ...cells, `(${entered})`].join('  ');
    });
}
