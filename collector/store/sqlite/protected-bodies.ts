import { type EvidenceReference, isReportReference } from '../evidence-reference.ts';
import { currentClaimKeys } from './current-claims.ts';
import { createNewestReport } from './latest-reports.ts';
import type { Connection } from './open.ts';

const verdictsPerStep = 100;
const datasetsPerStep = 8;
const agentsPerStep = 100;

interface Place {
  obligation: string;
  subject: string;
}

interface Dataset {
  pd: string;
  dataset: string;
}

function prepareStatements(connection: Connection) {
  return {
    verdicts: connection.prepare<[string, string, number], Place & { body: string }>(`
    SELECT obligation, subject, body FROM verdicts WHERE (obligation, subject) > (?, ?)
    ORDER BY obligation, subject LIMIT ?`),
    cited: connection.prepare<[string, number, string], { body: number }>(`
    SELECT r.body FROM agents a JOIN sessions s ON s.agent = a.key AND s.token = ?
      JOIN reports r ON r.session = s.key AND r.seq = ? WHERE a.id = ?`),
    nextDataset: connection.prepare<[string, string], Dataset>(
      'SELECT pd, dataset FROM claims WHERE (pd, dataset) > (?, ?) ORDER BY pd, dataset LIMIT 1',
    ),
    claimed: connection.prepare<[Dataset], { body: number }>(`
    SELECT r.body FROM claims c JOIN sessions s ON s.agent = c.agent AND s.token = c.session
      JOIN reports r ON r.session = s.key AND r.seq = c.seq
    WHERE c.key IN (${currentClaimKeys('pd = @pd AND dataset = @dataset')})`),
    agents: connection.prepare<[number, number], { key: number }>(
      'SELECT key FROM agents WHERE key > ? ORDER BY key LIMIT ?',
    ),
  };
}

/**
 * The bodies that stay however old they are: those that the present rests on. Verdicts and claims cite signed reports,
 * and of a silent agent the newest report is all that tells of it.
 * @returns a generator of short steps; it returns the keys.
 */
export function createProtectedBodies(connection: Connection): () => Generator<undefined, Set<number>> {
  const sql = prepareStatements(connection);
  const newestOf = createNewestReport(connection);

  return function* gather() {
    const keys = new Set<number>();
    let verdicts = sql.verdicts.all('', '', verdictsPerStep);
    for (let last = verdicts.at(-1); last !== undefined; last = verdicts.at(-1)) {
      for (const { body } of verdicts) {
        const { evidence } = JSON.parse(body) as { evidence: EvidenceReference[] };
        for (const { agent, session, seq } of evidence.filter(isReportReference))
          addAll(keys, sql.cited.all(session, seq, agent));
      }
      yield;
      verdicts = sql.verdicts.all(last.obligation, last.subject, verdictsPerStep);
    }
    let count = 0;
    let dataset = sql.nextDataset.get('', '');
    while (dataset !== undefined) {
      const { pd, dataset: name } = dataset;
      addAll(keys, sql.claimed.all(dataset));
      count += 1;
      if (count % datasetsPerStep === 0) yield;
      dataset = sql.nextDataset.get(pd, name);
    }
    let agents = sql.agents.all(0, agentsPerStep);
    for (let last = agents.at(-1); last !== undefined; last = agents.at(-1)) {
      for (const { key } of agents) addAll(keys, newestOf(key));
      yield;
      agents = sql.agents.all(last.key, agentsPerStep);
    }
    return keys;
  };
}

function addAll(keys: Set<number>, rows: readonly { body: number }[] | { body: number } | undefined): void {
  for (const row of rows === undefined ? [] : [rows].flat()) keys.add(row.body);
}
