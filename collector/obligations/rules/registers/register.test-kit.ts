import type { RegisterEntry, RegisterView } from '../../register-view.ts';
import type { PemdaSubjectFacts } from '../../rule.ts';

export const timezone = 'Asia/Jakarta';
export const today = '2026-11-25';
/** Ten o'clock of that day. */
export const nowMs = Date.parse('2026-11-25T03:00:00Z');
export const dayStart = (day: string) => Date.parse(`${day}T00:00:00+07:00`);

type Given = RegisterEntry['values'] & { pd?: string };

/** Registers with these entries; each is named by its register and its place there, `audit-1`. */
export function register(given: Readonly<Record<string, readonly Given[]>> = {}): RegisterView {
  const made = new Map(
    Object.entries(given).map(([name, rows]) => [name, rows.map((row, at) => entry(name, row, at))]),
  );
  return { entries: (name) => made.get(name) ?? [] };
}

export function reference(name: string, number = 1) {
  return { register: name, entry: `${name}-${number}`, revision: 1 };
}

function entry(name: string, { pd, ...values }: Given, at: number): RegisterEntry {
  return {
    id: `${name}-${at + 1}`,
    pd,
    values,
    attachments: [],
    enteredAtMs: nowMs - 86_400_000,
    enteredBy: 'sri',
    reference: reference(name, at + 1),
  };
}

/** The Pemda as a whole with these entries in its registers. */
export function pemda(
  given: Parameters<typeof register>[0] = {},
  patch: Partial<PemdaSubjectFacts> = {},
): PemdaSubjectFacts {
  return { today, timezone, registers: register(given), diskominfo: 'diskominfo', ...patch };
}
