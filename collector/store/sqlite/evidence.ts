import type { ReportReference } from '../../../shared/evidence.ts';
import { tokenProof } from '../../intake/sender-proof.ts';
import type { EvidenceBody, EvidencePort } from '../evidence-port.ts';
import type { Connection } from './open.ts';

interface ReportRecord {
  pd: string;
  site: string;
  node: string;
  publicKey: string;
  takenAtMs: number;
  receivedAtMs: number;
  signature: string;
  body: Buffer;
}

interface PingRecord {
  pd: string;
  takenAtMs: number;
  receivedAtMs: number;
  body: Buffer;
  dataset: string;
}

interface LedgerRecord {
  data: string;
  body: Buffer;
}

type LedgerData = Partial<Pick<EvidenceBody, 'site' | 'node' | 'publicKey' | 'signature'>> &
  Pick<EvidenceBody, 'pd' | 'receivedAtMs' | 'proof'>;

/** In place of an agent's id: what came in at a ping address. */
const pingAgent = 'ping';

/** Reading only: raw reports as long as they are kept, then the copies of the ledger. */
export function createEvidence(connection: Connection): EvidencePort {
  const report = connection.prepare<[string, number, string], ReportRecord>(`
    SELECT a.pd, a.site, a.node, a.public_key AS publicKey, r.taken_at AS takenAtMs, b.received_at AS receivedAtMs,
      b.signature, b.body
    FROM agents a JOIN sessions s ON s.agent = a.key AND s.token = ?
      JOIN reports r ON r.session = s.key AND r.seq = ? JOIN bodies b ON b.key = r.body WHERE a.id = ?`);
  const ping = connection.prepare<[number], PingRecord>(
    'SELECT pd, dataset, at AS takenAtMs, received_at AS receivedAtMs, body FROM pings WHERE key = ?',
  );
  const copy = connection.prepare<[string, string, number], LedgerRecord>(`
    SELECT l.data, b.body FROM ledger_reports r JOIN ledger l ON l.seq = r.entry JOIN ledger_bodies b ON b.entry = r.entry
    WHERE r.agent = ? AND r.session = ? AND r.seq = ?`);

  function rawReport({ agent, session, seq }: ReportReference): EvidenceBody | undefined {
    const row = report.get(session, seq, agent);
    if (row === undefined) return undefined;
    const { publicKey, signature, ...known } = row;
    const isShown = signature === tokenProof;
    const proof = isShown
      ? { proof: 'token' as const, publicKey: undefined, signature: undefined }
      : { proof: 'signature' as const, publicKey, signature };
    return { ...known, ...proof, keptIn: 'store' };
  }

  function rawPing({ session, seq }: ReportReference): EvidenceBody | undefined {
    const row = ping.get(seq);
    if (row === undefined || `${row.pd}/${row.dataset}` !== session) return undefined;
    const { dataset: _dataset, ...known } = row;
    const nobody = { site: undefined, node: undefined, publicKey: undefined, signature: undefined };
    return { ...known, ...nobody, proof: 'address', keptIn: 'store' };
  }

  function copied({ agent, session, seq }: ReportReference): EvidenceBody | undefined {
    const row = copy.get(agent, session, seq);
    if (row === undefined) return undefined;
    const { pd, site, node, publicKey, signature, receivedAtMs, proof } = JSON.parse(row.data) as LedgerData;
    const known = { pd, site, node, publicKey, signature, receivedAtMs, proof };
    return { ...known, takenAtMs: undefined, body: row.body, keptIn: 'ledger' };
  }

  return {
    report: async (reference) =>
      (reference.agent === pingAgent ? rawPing(reference) : rawReport(reference)) ?? copied(reference),
  };
}
