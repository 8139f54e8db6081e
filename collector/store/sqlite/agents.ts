import { AppError } from '../../../shared/errors.ts';
import { routerIdOf } from '../../../shared/router-token.ts';
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
  token_hash: string | null;
  enrolled_at: number;
  revoked_at: number | null;
}

interface TokenRecord {
  pd: string;
  site: string;
  roles: string;
  expires_at: number;
  used_by: string | null;
  router_node: string | null;
}

function toAgent(record: AgentRecord): AgentRow {
  return {
    key: record.key,
    id: record.id,
    pd: record.pd,
    site: record.site,
    node: record.node,
    roles: JSON.parse(record.roles) as AgentRow['roles'],
    publicKey: record.public_key === '' ? undefined : record.public_key,
    tokenHash: record.token_hash ?? undefined,
    enrolledAtMs: record.enrolled_at,
    revokedAtMs: record.revoked_at ?? undefined,
  };
}

function prepareStatements(connection: Connection) {
  return {
    all: connection.prepare<[], AgentRecord>('SELECT * FROM agents ORDER BY key'),
    byId: connection.prepare<[string], AgentRecord>('SELECT * FROM agents WHERE id = ?'),
    nodeTaken: connection.prepare<[string, string, string], { key: number }>(
      'SELECT key FROM agents WHERE pd = ? AND node = ? AND id <> ?',
    ),
    insert: connection.prepare(
      `INSERT INTO agents (id, pd, site, node, roles, public_key, enrolled_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    move: connection.prepare(
      'UPDATE agents SET pd = ?, site = ?, node = ?, roles = ?, revoked_at = NULL WHERE key = ?',
    ),
    setTokenHash: connection.prepare('UPDATE agents SET token_hash = ? WHERE id = ?'),
    setRevoked: connection.prepare('UPDATE agents SET revoked_at = ? WHERE pd = ? AND node = ?'),
    addToken: connection.prepare(
      'INSERT INTO tokens (secret_hash, pd, site, roles, created_at, expires_at, router_node) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    dropUnused: connection.prepare('DELETE FROM tokens WHERE pd = ? AND router_node = ? AND used_by IS NULL'),
    byName: connection.prepare<[string, string], AgentRecord>('SELECT * FROM agents WHERE pd = ? AND node = ?'),
    token: connection.prepare<[string], TokenRecord>('SELECT * FROM tokens WHERE secret_hash = ?'),
    audit: connection.prepare('INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)'),
    spend: connection.prepare('UPDATE tokens SET used_at = ?, used_by = ? WHERE secret_hash = ?'),
  };
}

/** Where an agent belongs, once its token is found to be good. */
function createPlaces(sql: ReturnType<typeof prepareStatements>) {
  /** Two machines of one department may have the same host name; the second becomes `name-2`. */
  function freeNodeName(pd: string, wanted: string, id: string): string {
    for (let number = 1; number <= 1000; number += 1) {
      const name = number === 1 ? wanted : `${wanted.slice(0, 58)}-${number}`;
      if (sql.nodeTaken.get(pd, name, id) === undefined) return name;
    }
    throw new AppError('node-name-taken', `All names like "${wanted}" are taken in ${pd}; give --node another name.`, {
      status: 409,
      field: '/node',
    });
  }

  /** A new token is a new decision of the operator: where the machine belongs, and that it is trusted again. */
  function settle({ pd, site, roles }: TokenRecord, agent: NewAgent, nowMs: number): void {
    const known = sql.byId.get(agent.id);
    const node = freeNodeName(pd, agent.node, agent.id);
    if (known === undefined) sql.insert.run(agent.id, pd, site, node, roles, agent.publicKey, nowMs);
    else sql.move.run(pd, site, node, roles, known.key);
  }

  function agentOf(id: string): AgentRow {
    const enrolled = sql.byId.get(id);
    if (enrolled === undefined) throw new Error('the agent just inserted is not there');
    return toAgent(enrolled);
  }

  return { settle, agentOf };
}

/** What an operator decides, written with its line in the audit log. */
function createDecisions(sql: ReturnType<typeof prepareStatements>) {
  function addToken(row: TokenRow, by?: string): void {
    const { secretHash, pd, site, roles, createdAtMs, expiresAtMs, routerNode = null } = row;
    sql.addToken.run(secretHash, pd, site, JSON.stringify(roles), createdAtMs, expiresAtMs, routerNode);
    if (by === undefined) return;
    // The hash tells which token it was, and nobody can use it.
    const detail = { roles, expiresAtMs, secretHash };
    const subject = `${pd}/${routerNode ?? site}`;
    const action = routerNode === null ? 'token-create' : 'token-router';
    sql.audit.run(createdAtMs, by, action, subject, JSON.stringify(routerNode === null ? detail : { site, ...detail }));
  }

  function revoke({ pd, node }: { pd: string; node: string }, nowMs: number, by?: string): AgentRow | undefined {
    const voided = sql.dropUnused.run(pd, node).changes;
    sql.setRevoked.run(nowMs, pd, node);
    const revoked = sql.byName.get(pd, node);
    if (by !== undefined && (revoked !== undefined || voided > 0)) {
      const detail = revoked === undefined ? { voidedTokenCount: voided } : { agent: revoked.id };
      sql.audit.run(nowMs, by, 'token-revoke', `${pd}/${node}`, JSON.stringify(detail));
    }
    return revoked && toAgent(revoked);
  }

  return { addToken, revoke };
}

export function createAgentsTable(connection: Connection) {
  const sql = prepareStatements(connection);
  const { settle, agentOf } = createPlaces(sql);
  const { addToken, revoke } = createDecisions(sql);

  function enrol(secretHash: string, agent: NewAgent, nowMs: number): EnrolOutcome {
    const found = sql.token.get(secretHash);
    if (found === undefined || found.router_node !== null) return { outcome: 'unknown-token' };
    const known = sql.byId.get(agent.id);
    if (found.used_by !== null) {
      return found.used_by === agent.id && known !== undefined
        ? { outcome: 'enrolled', agent: toAgent(known) }
        : { outcome: 'used-token' };
    }
    if (found.expires_at <= nowMs) return { outcome: 'expired-token' };
    settle(found, agent, nowMs);
    sql.spend.run(nowMs, agent.id, secretHash);
    return { outcome: 'enrolled', agent: agentOf(agent.id) };
  }

  function enrolRouter(secretHash: string, nowMs: number): EnrolOutcome {
    const found = sql.token.get(secretHash);
    const node = found?.router_node ?? undefined;
    if (found === undefined || node === undefined) return { outcome: 'unknown-token' };
    const id = routerIdOf(found.pd, node);
    if (found.used_by !== null) {
      const known = sql.byId.get(id);
      return known?.token_hash === secretHash
        ? { outcome: 'enrolled', agent: toAgent(known) }
        : { outcome: 'used-token' };
    }
    if (found.expires_at <= nowMs) return { outcome: 'expired-token' };
    settle(found, { id, node, publicKey: '' }, nowMs);
    sql.setTokenHash.run(secretHash, id);
    sql.spend.run(nowMs, id, secretHash);
    return { outcome: 'enrolled', agent: agentOf(id) };
  }

  return {
    keyOf: (id: string): number | undefined => sql.byId.get(id)?.key,
    load: (): AgentRow[] => sql.all.all().map(toAgent),
    addToken: connection.transaction(addToken).immediate,
    enrol: connection.transaction(enrol).immediate,
    enrolRouter: connection.transaction(enrolRouter).immediate,
    revoke: connection.transaction(revoke).immediate,
  };
}
