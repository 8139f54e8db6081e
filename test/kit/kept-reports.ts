import { join } from 'node:path';
import { openConnection } from '../../collector/store/sqlite/open.ts';

export interface KeptReport {
  agent: string;
  session: string;
  seq: number;
  takenAtMs: number;
  late: number;
}

/** Every report in a collector's database, read behind its back. */
export function keptReports(dataFolder: string): KeptReport[] {
  const connection = openConnection(join(dataFolder, 'pantau.db'));
  try {
    return connection
      .prepare<[], KeptReport>(
        `SELECT a.id AS agent, s.token AS session, r.seq, r.taken_at AS takenAtMs, r.late
         FROM reports r JOIN sessions s ON s.key = r.session JOIN agents a ON a.key = s.agent`,
      )
      .all();
  } finally {
    connection.close();
  }
}

export const reportName = ({ agent, session, seq }: Pick<KeptReport, 'agent' | 'session' | 'seq'>): string =>
  `${agent}/${session}/${seq}`;
