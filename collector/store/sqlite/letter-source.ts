import type { LetterSource } from '../letter-source.ts';
import type { VerdictRow } from '../rows.ts';
import { createAgentsTable } from './agents.ts';
import { createBackupHistory } from './backup-history.ts';
import { createIncidentHistory } from './incident-history.ts';
import { openToRead } from './open.ts';
import { createRegistersTable } from './registers.ts';
import { createVerdictHistory } from './verdict-history.ts';

/** @param path of the database file of a collector, which may be running. @throws AppError as `openToRead` does. */
export function openLetterSource(path: string): LetterSource {
  const connection = openToRead(path);
  const agents = createAgentsTable(connection);
  const registers = createRegistersTable(connection);
  const verdicts = connection.prepare<[], { body: string }>('SELECT body FROM verdicts ORDER BY obligation, subject');
  return {
    agents: () => agents.load(),
    verdicts: () => verdicts.all().map(({ body }) => JSON.parse(body) as VerdictRow),
    registerRows: async () => (await registers.load()).rows,
    incidents: createIncidentHistory(connection),
    verdictHistory: createVerdictHistory(connection),
    restoreTests: createBackupHistory(connection).restoreTests,
    close: () => void connection.close(),
  };
}
