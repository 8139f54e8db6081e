import type { PantauConfig } from '../../config/schema.ts';
import type { RegisterView } from '../../obligations/register-view.ts';
import type { Span } from '../../obligations/backup-history/local-days.ts';
import type { MonthSource } from '../../store/month-source.ts';
import type { AgentRow } from '../../store/rows.ts';
import type { MonitoredLink } from '../../store/store.ts';

/** What the figures of a month are gathered from. */
export interface MonthView {
  config: PantauConfig;
  source: MonthSource;
  /** As they are now: what was entered late counts from the day that it names. */
  registers: RegisterView;
  /** The month in the Pemda's zone, cut at now when it is not over. */
  month: Span;
  /** Its days that have begun, the last one cut as well. */
  days: readonly Span[];
  nowMs: number;
  /** Links of configured sites by department. */
  links: ReadonlyMap<string, readonly MonitoredLink[]>;
  /** Agents by department. */
  agents: ReadonlyMap<string, readonly AgentRow[]>;
  /** In how many hours each agent was heard. */
  heardHourCounts: ReadonlyMap<number, number>;
}
