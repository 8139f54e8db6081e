import type { Clock, Random } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { PantauConfig } from '../config/schema.ts';
import { suggestName } from '../config/nearest-name.ts';
import type { RegisterEntry } from '../obligations/register-view.ts';
import { readableId } from '../readable-id.ts';
import type { AttachmentRow } from '../store/register-port.ts';
import type { Attachments } from './attachments.ts';
import { checkEntry, type EntryInput } from './check-entry.ts';
import type { RegisterKind } from './kind.ts';
import { incidentProblems } from './known-incidents.ts';
import { registerKind, registerKinds } from './kinds/registry.ts';
import { registerNames, type RegisterNames } from './names.ts';
import type { Registers } from './registers.ts';

export interface DeskOptions {
  registers: Registers;
  attachments: Attachments;
  clock: Clock;
  random: Random;
  config(): PantauConfig;
  /** The machines that are or were enrolled. */
  nodes(): readonly { pd: string; node: string }[];
  isIncident(id: string): Promise<boolean>;
}

/** An entry as somebody hands it in; without an id it is a new one. */
export interface PutInput extends EntryInput {
  id?: string | undefined;
  /** Of an entry that is changed: the revision that was read. */
  revision?: number | undefined;
  /** Those that it has when absent. */
  attachments?: readonly string[] | undefined;
}

/** Where people enter, change and take out entries; everything is checked here. */
export interface RegisterDesk {
  readonly options: DeskOptions;
  /** @throws AppError `not-found` with the nearest name. */
  kind(name: string): RegisterKind;
  /** @throws AppError `not-found` */
  entry(kind: RegisterKind, id: string): RegisterEntry;
  names(): RegisterNames;
  newId(): string;
  /** @throws AppError `bad-entry` that names the first column that is wrong, or `changed-meanwhile`. */
  put(kind: RegisterKind, input: PutInput, actor: string): Promise<RegisterEntry>;
  remove(kind: RegisterKind, id: string, revision: number, actor: string): Promise<void>;
  attach(
    kind: RegisterKind,
    id: string,
    file: { name: string; bytes: Uint8Array },
    actor: string,
  ): Promise<AttachmentRow>;
}

export const maxAttachmentsPerEntry = 50;
/** As many as 1000 departments have with some to spare. */
const maxEntriesPerRegister = 200_000;

export function createRegisterDesk(options: DeskOptions): RegisterDesk {
  const { registers, attachments, clock, random, config } = options;
  const names = () => registerNames(config(), options.nodes());
  const newId = () => readableId('REG', 8, { atMs: clock.nowMs(), timezone: config().timezone, random });

  function entry(kind: RegisterKind, id: string): RegisterEntry {
    const found = registers.entry(kind.name, id);
    if (found !== undefined) return found;
    const message = `The register ${kind.name} has no entry "${id.slice(0, 64)}".`;
    throw new AppError('not-found', message, { status: 404, field: '/id' });
  }

  async function put(kind: RegisterKind, input: PutInput, actor: string): Promise<RegisterEntry> {
    const before = input.id === undefined ? undefined : entry(kind, input.id);
    if (before !== undefined && input.revision === undefined) {
      throw badEntry('/revision', 'To change an entry, send the revision that you have read.');
    }
    const { entry: checked, problems } = checkEntry(kind, input, names());
    const [worst] = problems;
    if (checked === undefined || worst !== undefined) throw badEntry(fieldOf(worst?.column), problemText(problems));
    const [unknown] = await incidentProblems(kind, checked.values, options.isIncident);
    if (unknown !== undefined) throw badEntry(fieldOf(unknown.column), problemText([unknown]));
    const files = [...new Set(input.attachments ?? before?.attachments ?? [])];
    await expectKept(files, attachments);
    if (before === undefined) expectRoom(kind, registers);
    const id = before?.id ?? newId();
    const change = { register: kind.name, entry: id, ...checked, attachments: files };
    const act = { actor, action: 'register-put', subject: `${kind.name}/${id}`, detail: '' };
    await registers.write([{ ...change, expectedRevision: before === undefined ? 0 : (input.revision ?? 0) }], act);
    return entry(kind, id);
  }

  async function remove(kind: RegisterKind, id: string, revision: number, actor: string): Promise<void> {
    const { pd, values, attachments: files } = entry(kind, id);
    const change = { register: kind.name, entry: id, pd, values, attachments: files, removed: true };
    const act = { actor, action: 'register-remove', subject: `${kind.name}/${id}`, detail: '' };
    await registers.write([{ ...change, expectedRevision: revision }], act);
  }

  async function attach(
    kind: RegisterKind,
    id: string,
    file: { name: string; bytes: Uint8Array },
    actor: string,
  ): Promise<AttachmentRow> {
    const { attachments: before } = entry(kind, id);
    if (before.length >= maxAttachmentsPerEntry) {
      throw badEntry('/attachments', `An entry has at most ${maxAttachmentsPerEntry} attachments.`);
    }
    const row = await attachments.keep(file, actor);
    const { pd, values, attachments: files, reference } = entry(kind, id);
    if (files.includes(row.sha256)) return row;
    const change = { register: kind.name, entry: id, pd, values, attachments: [...files, row.sha256] };
    const act = { actor, action: 'register-attach', subject: `${kind.name}/${id}`, detail: row.sha256 };
    await registers.write([{ ...change, expectedRevision: reference.revision }], act);
    return row;
  }

  return { options, kind: knownKind, entry, names, newId, put, remove, attach };
}

function knownKind(name: string): RegisterKind {
  const kind = registerKind(name);
  if (kind !== undefined) return kind;
  const hint = suggestName(
    name.slice(0, 64),
    registerKinds.map((each) => each.name),
  );
  const message = `There is no register "${name.slice(0, 64)}"; ${hint}`.replace(/[^?]$/, '$&.');
  throw new AppError('not-found', message, { status: 404 });
}

export function expectRoom({ name }: RegisterKind, registers: Registers, count = 1): void {
  if (registers.entries(name).length + count <= maxEntriesPerRegister) return;
  throw badEntry('', `The register ${name} has ${maxEntriesPerRegister} entries, which is as many as it may have.`);
}

async function expectKept(files: readonly string[], attachments: Attachments): Promise<void> {
  if (files.length > maxAttachmentsPerEntry) {
    throw badEntry('/attachments', `An entry has at most ${maxAttachmentsPerEntry} attachments.`);
  }
  for (const sha256 of files) {
    if ((await attachments.find(sha256)) !== undefined) continue;
    throw badEntry('/attachments', `There is no attachment ${sha256}; upload the file first.`);
  }
}

function fieldOf(column = ''): string {
  if (column === '') return '/values';
  return column === 'pd' ? '/pd' : `/values/${column}`;
}

function problemText(problems: readonly { column: string; message: string }[]): string {
  const some = problems.slice(0, 5).map(({ column, message }) => (column === '' ? message : `${column}: ${message}`));
  const more = problems.length > some.length ? ` (and ${problems.length - some.length} more)` : '';
  return `${some.join('; ').replace(/[^.?]$/, '$&.')}${more}`;
}

function badEntry(field: string, message: string): AppError {
  return new AppError('bad-entry', message, { status: 422, field });
}
