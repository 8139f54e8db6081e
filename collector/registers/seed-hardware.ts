import type { RegisterEntry } from '../obligations/register-view.ts';
import type { RegisterDesk } from './desk.ts';
import { checkEntry } from './check-entry.ts';
import { hardware } from './kinds/hardware.ts';

/** A machine that reports, with what it told of itself. */
export interface SeenMachine {
  pd: string;
  site: string;
  node: string;
  isRouter: boolean;
  /** Its inventory as it is kept, JSON; undefined while it has told of none. */
  inventory: string | undefined;
}

export interface SeedResult {
  isApplied: boolean;
  /** Entries that are proposed, or were made. */
  entries: { pd: string; values: Readonly<Record<string, string | number>> }[];
  /** Machines that the register names already. */
  knownCount: number;
}

/** Entries for machines that the register does not know; what people have entered is never touched. */
export async function seedHardware(
  desk: RegisterDesk,
  machines: readonly SeenMachine[],
  { apply, actor }: { apply: boolean; actor: string },
): Promise<SeedResult> {
  const { registers } = desk.options;
  const known = registers.entries(hardware.name);
  const names = desk.names();
  const proposed = machines.flatMap((machine) => {
    const input = proposalFor(machine);
    if (isKnown(machine, input.values['serial'], known)) return [];
    const { entry } = checkEntry(hardware, input, names);
    // A machine whose department or site is configured no more is nobody's hardware.
    return entry?.pd === undefined ? [] : [{ pd: entry.pd, values: entry.values }];
  });
  if (apply) {
    const changes = proposed.map((entry) => ({
      register: hardware.name,
      entry: desk.newId(),
      expectedRevision: 0,
      attachments: [],
      ...entry,
    }));
    const detail = `${changes.length} created, from what agents told`;
    await registers.write(changes, { actor, action: 'register-seed', subject: hardware.name, detail });
  }
  return { isApplied: apply, entries: proposed, knownCount: machines.length - proposed.length };
}

function isKnown({ pd, node }: SeenMachine, serial: unknown, entries: readonly RegisterEntry[]): boolean {
  return entries.some(
    (entry) =>
      entry.pd === pd && (entry.values['node'] === node || (serial !== undefined && entry.values['serial'] === serial)),
  );
}

function proposalFor({ pd, site, node, isRouter, inventory }: SeenMachine) {
  const system = systemOf(inventory);
  const model = [system['manufacturer'], system['model']].filter(isTold).join(' ');
  const serial = isTold(system['serial']) ? { serial: system['serial'] } : {};
  const kind = isRouter ? 'router' : 'server';
  return {
    pd,
    values: { node, name: node, kind, site, ...(model === '' ? {} : { model }), ...serial } as Record<string, unknown>,
  };
}

function systemOf(inventory: string | undefined): Record<string, unknown> {
  if (inventory === undefined) return {};
  const { system } = JSON.parse(inventory) as { system?: Record<string, unknown> };
  return system ?? {};
}

/** Many boards leave the factory with words such as these in place of a number. */
const nothings =
  /^(-|none|default string|system serial number|to be filled by o\.?e\.?m\.?|not specified|unknown|0+)$/i;

function isTold(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !nothings.test(value.trim());
}
