import type { PantauConfig } from '../config/schema.ts';
import { dayAt } from './backup-history/local-days.ts';
import type { Waiver } from './judge-case.ts';
import { noRegisters, type RegisterView } from './register-view.ts';
import { nextStartMs, shiftDay } from './rules/registers/calendar.ts';
import { dayIn, entriesOfDepartment, textIn } from './rules/registers/entries.ts';
import type { Case } from './subjects.ts';

/** Which waiver lifts a duty today, and when that may be another one. */
export interface WaiverNow {
  waiver: Waiver | undefined;
  changesAtMs: number | undefined;
}

const nothing: WaiverNow = { waiver: undefined, changesAtMs: undefined };

/**
 * Waivers of the configuration and of the register count alike, each for the days that its letter names; of several the
 * one that lasts longest is cited. They end with a day of the Pemda, whether anything is reported then or not.
 */
export function waiverOf(
  { obligation, pd }: Pick<Case, 'obligation' | 'pd'>,
  { config, registers = noRegisters, nowMs }: { config: PantauConfig; registers?: RegisterView; nowMs: number },
): WaiverNow {
  const configured = (config.obligations[obligation.id]?.waived ?? []).filter((waiver) => waiver.pd === pd);
  const entered = entriesOfDepartment({ registers, pd }, 'waiver').filter(
    (entry) => textIn(entry, 'obligation') === obligation.id,
  );
  if (configured.length + entered.length === 0) return nothing;
  const today = dayAt(nowMs, config.timezone);
  const all: (Waiver & { from: string })[] = [
    ...configured.map(({ number, reason, until }) => ({ number, reason, until, from: '' })),
    ...entered.map((entry) => ({
      number: textIn(entry, 'number') ?? '-',
      reason: textIn(entry, 'reason') ?? '-',
      from: dayIn(entry, 'from') ?? '',
      until: dayIn(entry, 'until') ?? '',
      reference: entry.reference,
    })),
  ];
  const [waiver] = all
    .filter(({ from, until }) => from <= today && until >= today)
    .toSorted((a, b) => (a.until === b.until ? (a.number < b.number ? -1 : 1) : a.until < b.until ? 1 : -1));
  const days = all.flatMap(({ from, until }) => [
    from === '' ? undefined : from,
    until === '' ? undefined : shiftDay(until, 1),
  ]);
  return { waiver, changesAtMs: nextStartMs(days, { today, timezone: config.timezone }) };
}
