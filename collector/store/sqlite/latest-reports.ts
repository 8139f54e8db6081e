import type { LatestReport } from '../store.ts';
import type { Connection } from './open.ts';

interface Candidate {
  session: number;
  seq: number;
  taken_at: number;
  body: number;
}

/** A restarted agent drains its old session beside the new one, and batches may cross: a few of each are looked at. */
const sessionsPerAgent = 8;
const reportsPerSession = 16;

/** Looks up the newest report of an agent that is not late; nothing is scanned. */
export function createNewestReport(connection: Connection): (agent: number) => Candidate | undefined {
  const newestSessions = connection.prepare<[number, number], { key: number }>(
    'SELECT key FROM sessions WHERE agent = ? ORDER BY key DESC LIMIT ?',
  );
  const newestReports = connection.prepare<[number, number], Candidate>(
    'SELECT session, seq, taken_at, body FROM reports WHERE session = ? AND late = 0 ORDER BY seq DESC LIMIT ?',
  );
  return (agent) => {
    const candidates = newestSessions
      .all(agent, sessionsPerAgent)
      .flatMap((session) => newestReports.all(session.key, reportsPerSession));
    // Of two reports of the same moment the first that came is the present.
    return candidates.toSorted((a, b) => b.taken_at - a.taken_at || a.body - b.body)[0];
  };
}

/** The newest report of each agent, to rebuild the present after a start. */
export function createLatestReports(connection: Connection): () => LatestReport[] {
  const agents = connection.prepare<[], { key: number }>('SELECT key FROM agents WHERE revoked_at IS NULL');
  const newestOf = createNewestReport(connection);
  const whole = connection.prepare<[number, number], LatestReport>(`
    SELECT s.agent AS agentKey, s.token AS session, r.seq, r.taken_at AS takenAtMs, b.received_at AS receivedAtMs,
      b.sent_at AS sentAtMs, r.place, b.encoding, b.body, b.remote_address AS remoteAddress
    FROM reports r JOIN sessions s ON s.key = r.session JOIN bodies b ON b.key = r.body
    WHERE r.session = ? AND r.seq = ?`);

  function latestOf(agent: number): LatestReport | undefined {
    const newest = newestOf(agent);
    return newest && whole.get(newest.session, newest.seq);
  }

  return () => agents.all().flatMap((agent) => latestOf(agent.key) ?? []);
}
