import { AppError } from '../../../shared/errors.ts';
import type { AgentRow, NewAgent, TokenRow } from '../rows.ts';
import type { EnrolOutcome } from '../store.ts';
import type { Connection } from './open.ts';

interface AgentRecord {
  key: number;
  id: string;
  pd: string;
  site: string;
  node: string;
  roles: string;
  public_key: string;
  enrolled_at: number;
  revoked_at: number | null;
}

interface TokenRecord {
  pd: string;
  site: string;
  roles: string;
  expires_at: number;
  used_by: string | null;
}

function toAgent(record: AgentRecord): AgentRow {
  return {
    key: record.key,
    id: record.id,
    pd: record.pd,
    site: record.site,
    node: record.node,
    roles: JSON.parse(record.roles) as AgentRow['roles'],
    publicKey: record.public_key,
    enrolledAtMs: record.enrolled_at,
    revokedAtMs: record.revoked_at ?? undefined,
  };
}

export function createAgentsTable(connection: Connection) {
  const all = connection.prepare<[], AgentRecord>('SELECT * FROM agents ORDER BY key');
  const byId = connection.prepare<[string], AgentRecord>('SELECT * FROM agents WHERE id = ?');
  const nodeTaken = connection.prepare<[string, string, string], { key: number }>(
    'SELECT key FROM agents WHERE pd = ? AND node = ? AND id <> ?',
  );
  const insert = connection.prepare(
    `INSERT INTO agents (id, pd, site, node, roles, public_key, enrolled_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const move = connection.prepare(
    'UPDATE agents SET pd = ?, site = ?, node = ?, roles = ?, revoked_at = NULL WHERE key = ?',
  );
  const addToken = connection.prepare(
    'INSERT INTO tokens (secret_hash, pd, site, roles, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const token = connection.prepare<[string], TokenRecord>('SELECT * FROM tokens WHERE secret_hash = ?');
  const spend = connection.prepare('UPDATE tokens SET used_at = ?, used_by = ? WHERE secret_hash = ?');

  /** Two machines of one department may have the same host name; the second becomes `name-2`. */
  function freeNodeName(pd: string, wanted: string, id: string): string {
    for (let number = 1; number <= 1000; number += 1) {
      const name = number === 1 ? wanted : `${wanted.slice(0, 58)}-${number}`;
      if (nodeTaken.get(pd, name, id) === undefined) return name;
    }
    throw new AppError('node-name-taken', `All names like "${wanted}" are taken in ${pd}; give --node another name.`, {
      status: 409,
      field: '/node',
    });
  }

  function enrol(secretHash: string, agent: NewAgent, nowMs: number): EnrolOutcome {
    const found = token.get(secretHash);
    if (found === undefined) return { outcome: 'unknown-token' };
    const known = byId.get(agent.id);
    if (found.used_by !== null) {
      return found.used_by === agent.id && known !== undefined
        ? { outcome: 'enrolled', agent: toAgent(known) }
        : { outcome: 'used-token' };
    }
    if (found.expires_at <= nowMs) return { outcome: 'expired-token' };
    const node = freeNodeName(found.pd, agent.node, agent.id);
    if (known === undefined) insert.run(agent.id, found.pd, found.site, node, found.roles, agent.publicKey, nowMs);
    // A new token is a new decision of the operator: where the machine belongs, and that it is trusted again.
    else move.run(found.pd, found.site, node, found.roles, known.key);
    spend.run(nowMs, agent.id, secretHash);
    const enrolled = byId.get(agent.id);
    if (enrolled === undefined) throw new Error('the agent just inserted is not there');
    return { outcome: 'enrolled', agent: toAgent(enrolled) };
  }

  return {
    load: (): AgentRow[] => all.all().map(toAgent),
    addToken: (row: TokenRow): void => {
      addToken.run(row.secretHash, row.pd, row.site, JSON.stringify(row.roles), row.createdAtMs, row.expiresAtMs);
    },
    enrol: connection.transaction(enrol).immediate,
  };
}
