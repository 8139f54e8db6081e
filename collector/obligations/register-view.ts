import type { RegisterReference } from '../store/evidence-reference.ts';

/** One entry of a register as rules see it. */
export interface RegisterEntry {
  id: string;
  /** Undefined for what concerns the Pemda as a whole. */
  pd: string | undefined;
  /** By the register's own columns; days are `YYYY-MM-DD` in the Pemda's zone, an empty cell is absent. */
  values: Readonly<Record<string, string | number | boolean>>;
  /** SHA-256 of attached files, hex. */
  attachments: readonly string[];
  enteredAtMs: number;
  enteredBy: string;
  reference: RegisterReference;
}

/** The registers as they are now: what was removed is not among it. */
export interface RegisterView {
  /** @returns in the order in which they were first entered; none for a register that is not known. */
  entries(register: string): readonly RegisterEntry[];
}

/** What is seen where no register is kept. */
export const noRegisters: RegisterView = { entries: () => [] };
