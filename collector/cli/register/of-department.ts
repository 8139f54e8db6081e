import { AppError } from '../../../shared/errors.ts';
import { suggestName } from '../../config/nearest-name.ts';
import type { RegisterDesk } from '../../registers/desk.ts';
import type { RegisterEntry } from '../../obligations/register-view.ts';

/**
 * The entries of a register, or only those of a department.
 * @throws AppError `not-found` that suggests the right one; one that was taken out of the configuration is known as long
 * as it has entries.
 */
export function entriesOf(desk: RegisterDesk, register: string, pd: string | undefined): readonly RegisterEntry[] {
  const entries = desk.options.registers.entries(register);
  if (pd === undefined) return entries;
  const found = entries.filter((entry) => entry.pd === pd);
  if (found.length === 0) expectDepartment(desk, pd);
  return found;
}

function expectDepartment(desk: RegisterDesk, pd: string): void {
  const { departments } = desk.names();
  if (departments.includes(pd)) return;
  const hint = suggestName(pd, departments);
  throw new AppError('not-found', `There is no department "${pd}"; ${hint}${hint.endsWith('?') ? '' : '.'}`);
}
