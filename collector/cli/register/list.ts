import { formatZonedRfc3339 } from '../../../shared/local-time.ts';
import { registerKinds } from '../../registers/kinds/registry.ts';
import type { CommandIo } from '../command.ts';
import { readRegisterArguments } from './arguments.ts';
import { entriesOf } from './of-department.ts';
import { type OpenDesk, withDesk } from './with-desk.ts';

export async function listRegisters(args: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, pd, ...places } = readRegisterArguments(args, [0, 1]);
  const [name] = positionals;
  return withDesk(places, io, async (open) => {
    for (const line of name === undefined ? registersOf(open, pd) : linesOf(open, name, pd)) io.stdout(`${line}\n`);
    return 0;
  });
}

function registersOf({ desk, config }: OpenDesk, pd: string | undefined): string[] {
  return registerKinds.map(({ name, title }) => {
    const count = entriesOf(desk, name, pd).length;
    return `${name.padEnd(20)} ${String(count).padStart(6)}  ${title[config.language]}`;
  });
}

function linesOf({ desk, config }: OpenDesk, name: string, pd: string | undefined): string[] {
  const kind = desk.kind(name);
  return entriesOf(desk, name, pd).map((entry) => {
    const cells = kind.columns.flatMap((column) => {
      const value = entry.values[column.name];
      return value === undefined ? [] : [`${column.name}=${JSON.stringify(value)}`];
    });
    const entered = `${formatZonedRfc3339(entry.enteredAtMs, config.timezone)} ${entry.enteredBy}`;
    return [entry.id, entry.pd ?? '-', ...cells, `(${entered})`].join('  ');
  });
}
