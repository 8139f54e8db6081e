import { sha256 } from '../../../ledger/entry-hash.ts';
import type { JsonObject } from '../../../ledger/entry.ts';
import type { ReportReference } from '../../../../shared/evidence.ts';
import { tokenProof } from '../../../intake/sender-proof.ts';
import { isReportReference } from '../../evidence-reference.ts';
import type { Connection } from '../open.ts';
import type { AddEntry } from './entries.ts';
import { plainJson } from './sources/plain-json.ts';
import type { Cite } from './sources/source.ts';

interface BodyRecord {
  bodyKey: number;
  pd: string;
  site: string;
  node: string;
  publicKey: string;
  receivedAtMs: number;
  encoding: string;
  signature: string;
  body: Buffer;
}

interface PingRecord {
  pd: string;
  dataset: string;
  happenedAtMs: number;
  receivedAtMs: number;
  said: string;
  exitStatus: number | null;
  userAgent: string;
  remoteAddress: string;
  body: Buffer;
}

/** In place of an agent's id: what came in at a ping address, which proves less than a signature. */
const pingAgent = 'ping';

function prepareStatements(connection: Connection) {
  return {
    known: connection.prepare<[string, string, number], { entry: number }>(
      'SELECT entry FROM ledger_reports WHERE agent = ? AND session = ? AND seq = ?',
    ),
    body: connection.prepare<[string, number, string], BodyRecord>(`
    SELECT b.key AS bodyKey, a.pd, a.site, a.node, a.public_key AS publicKey, b.received_at AS receivedAtMs, b.encoding,
      b.signature, b.body
    FROM agents a JOIN sessions s ON s.agent = a.key AND s.token = ?
      JOIN reports r ON r.session = s.key AND r.seq = ? JOIN bodies b ON b.key = r.body WHERE a.id = ?`),
    reportsOf: connection.prepare<[number], { session: string; seq: number }>(`
    SELECT s.token AS session, r.seq FROM reports r JOIN sessions s ON s.key = r.session WHERE r.body = ?
    ORDER BY r.place`),
    ping: connection.prepare<[number], PingRecord>(`
    SELECT pd, dataset, at AS happenedAtMs, received_at AS receivedAtMs, kind AS said, exit_status AS exitStatus,
      user_agent AS userAgent, remote_address AS remoteAddress, body FROM pings WHERE key = ?`),
    addBody: connection.prepare('INSERT INTO ledger_bodies (entry, body) VALUES (?, ?)'),
    addReport: connection.prepare(
      'INSERT INTO ledger_reports (agent, session, seq, entry) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
  };
}

/**
 * Keeps what a verdict cites: the bytes as they came with who signed them, each body once, however often it is cited and
 * however soon the raw reports go.
 */
export function createCite(connection: Connection): (add: AddEntry) => Cite {
  const sql = prepareStatements(connection);

  function recordOf(reference: ReportReference, atMs: number, add: AddEntry): number | undefined {
    const { agent, session, seq } = reference;
    const known = sql.known.get(agent, session, seq);
    if (known !== undefined) return known.entry;
    const found = agent === pingAgent ? pingOf(reference) : reportOf(reference);
    if (found === undefined) return undefined;
    const { pd, body, data, reports } = found;
    const content = { agent, ...data, reports, sha256: sha256(body), sizeBytes: body.length };
    const entry = add({ atMs, kind: 'evidence', pd, data: plainJson(content) });
    sql.addBody.run(entry, body);
    for (const each of reports) sql.addReport.run(agent, each.session, each.seq, entry);
    return entry;
  }

  function reportOf({ agent, session, seq }: ReportReference) {
    const row = sql.body.get(session, seq, agent);
    if (row === undefined) return undefined;
    const { bodyKey, body, publicKey, signature, ...data } = row;
    // A router shows a token: nothing that it sent can be checked by others.
    const proof = signature === tokenProof ? { proof: 'token' } : { proof: 'signature', publicKey, signature };
    return { pd: row.pd, body, data: { ...data, ...proof }, reports: sql.reportsOf.all(bodyKey) };
  }

  function pingOf({ session, seq }: ReportReference) {
    const row = sql.ping.get(seq);
    if (row === undefined || `${row.pd}/${row.dataset}` !== session) return undefined;
    const { body, exitStatus, ...data } = row;
    const ping = { ...data, exitStatus: exitStatus ?? undefined, encoding: 'identity', proof: 'address' };
    return { pd: row.pd, body, data: ping, reports: [{ session, seq }] };
  }

  return (add) =>
    (reference, atMs): JsonObject => {
      if (!isReportReference(reference)) return plainJson(reference);
      const record = recordOf(reference, atMs, add);
      return plainJson({ ...reference, ...(record === undefined ? { missing: 'pruned' } : { record }) });
    };
}
