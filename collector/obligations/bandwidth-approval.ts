import type { PantauConfig, SiteConfig } from '../config/schema.ts';
import type { Approval } from '../facts/traffic-totals.ts';
import type { RegisterReference } from '../store/evidence-reference.ts';
import { dayAt } from './backup-history/local-days.ts';
import { noRegisters, type RegisterEntry, type RegisterView } from './register-view.ts';
import { dayIn, entriesOfDepartment, textIn } from './rules/registers/entries.ts';
import { lastEnded, validNow } from './rules/registers/validity.ts';

/** What Diskominfo approved for a site, and where that is entered. */
export interface SiteApproval extends Approval {
  /** Undefined for what stands in the configuration. */
  reference?: RegisterReference;
}

/** What was approved until a day, where nothing that is entered counts any more. */
export interface EndedApproval {
  number: string;
  untilDay: string;
  reference: RegisterReference;
}

export interface ApprovalView {
  config: Pick<PantauConfig, 'timezone'>;
  registers?: RegisterView;
  nowMs: number;
}

const bitsPerByte = 8;

/** The approval that counts at an instant: one of the register that is valid on that day, else the configuration's. */
export function approvalOf(
  pd: string,
  site: Pick<SiteConfig, 'id' | 'approvedBandwidth'> | undefined,
  { config, registers = noRegisters, nowMs }: ApprovalView,
): SiteApproval | undefined {
  if (site === undefined) return undefined;
  const entered = enteredFor(pd, site.id, registers);
  const current = entered.length === 0 ? undefined : validNow(entered, { today: dayAt(nowMs, config.timezone) });
  if (current !== undefined) {
    const { downMbps, upMbps } = current.values;
    return { ...inBytes(Number(downMbps), Number(upMbps)), reference: current.reference };
  }
  const configured = site.approvedBandwidth;
  return configured && inBytes(configured.down, configured.up);
}

/** The approval of the register that ended last; undefined while one is valid, and where none has ended. */
export function endedApprovalOf(
  pd: string,
  site: string,
  { config, registers = noRegisters, nowMs }: ApprovalView,
): EndedApproval | undefined {
  const entered = enteredFor(pd, site, registers);
  const today = { today: dayAt(nowMs, config.timezone) };
  const ended = validNow(entered, today) === undefined ? lastEnded(entered, today) : undefined;
  if (ended === undefined) return undefined;
  return {
    number: textIn(ended, 'number') ?? '-',
    untilDay: dayIn(ended, 'until') ?? '',
    reference: ended.reference,
  };
}

function enteredFor(pd: string, site: string, registers: RegisterView): RegisterEntry[] {
  return entriesOfDepartment({ registers, pd }, 'bandwidth-approval').filter((entry) => textIn(entry, 'site') === site);
}

/** @param down in Mbit/s, as @param up. */
function inBytes(down: number, up: number): Approval {
  const bytes = (megabitsPerSecond: number) => (megabitsPerSecond * 1e6) / bitsPerByte;
  return { downBytesPerSecond: bytes(down), upBytesPerSecond: bytes(up) };
}
