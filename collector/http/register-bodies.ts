import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../../shared/errors.ts';
import type { PutInput } from '../registers/desk.ts';
import { maxAttachmentsPerEntry } from '../registers/desk.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import type { RegisterEntry } from '../obligations/register-view.ts';
import { OptionalText } from './resources/fields.ts';

const Values = Type.Record(Type.String({ maxLength: 64 }), Type.Union([Type.String(), Type.Number(), Type.Null()]), {
  maxProperties: 64,
});
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** What is sent to make or to change an entry. */
export const EntryBody = Type.Object(
  {
    id: Type.Optional(Type.String({ maxLength: 64, description: 'of the entry that is changed; none for a new one' })),
    revision: Type.Optional(Type.Integer({ minimum: 1, description: 'of a change: the revision that was read' })),
    pd: Type.Optional(OptionalText),
    values: Values,
    attachments: Type.Optional(
      Type.Array(Sha256, { maxItems: maxAttachmentsPerEntry, description: 'those that it has when absent' }),
    ),
  },
  { additionalProperties: false },
);

/** An entry as it is answered. */
export const EntryRow = Type.Object({
  id: Type.String(),
  revision: Type.Integer(),
  pd: OptionalText,
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  attachments: Type.Array(Type.String()),
  enteredAt: Type.String({ format: 'date-time' }),
  enteredBy: Type.String(),
});

const check = Compile(EntryBody);

/** @throws AppError `bad-entry` that names the part that does not fit. */
export function readEntryBody(body: unknown): PutInput {
  if (check.Check(body)) return { ...body, pd: body.pd };
  const [worst] = check.Errors(body);
  const field = (worst?.instancePath ?? '').slice(0, 200) || '/';
  const message = worst?.keyword === 'boolean' ? 'is not a known field' : (worst?.message ?? 'does not fit');
  throw new AppError('bad-entry', `${field} ${message}.`, { status: 422, field });
}

export function entryRow(entry: RegisterEntry, timezone: string) {
  return {
    id: entry.id,
    revision: entry.reference.revision,
    pd: entry.pd ?? null,
    values: entry.values,
    attachments: entry.attachments,
    enteredAt: formatZonedRfc3339(entry.enteredAtMs, timezone),
    enteredBy: entry.enteredBy,
  };
}
