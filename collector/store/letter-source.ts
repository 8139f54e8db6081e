import type { IncidentHistoryPort } from './incident-history-port.ts';
import type { RegisterRevisionRow } from './register-port.ts';
import type { AgentRow, VerdictRow } from './rows.ts';
import type { BackupHistoryPort } from './store.ts';
import type { VerdictHistoryPort } from './verdict-history-port.ts';

/** What letters are drafted from, read beside a collector that may be running. */
export interface LetterSource {
  agents(): AgentRow[];
  /** Every verdict as it stands now. */
  verdicts(): VerdictRow[];
  registerRows(): Promise<RegisterRevisionRow[]>;
  incidents: Pick<IncidentHistoryPort, 'incident' | 'events'>;
  verdictHistory: VerdictHistoryPort;
  restoreTests: BackupHistoryPort['restoreTests'];
  close(): void;
}
