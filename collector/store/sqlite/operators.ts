import type { OperatorPort, OperatorRow } from '../operator-port.ts';
import type { Connection } from './open.ts';

interface OperatorRecord {
  name: string;
  token_hash: string;
  created_at: number;
  revoked_at: number | null;
}

const toOperator = (record: OperatorRecord): OperatorRow => ({
  name: record.name,
  tokenHash: record.token_hash,
  createdAtMs: record.created_at,
  revokedAtMs: record.revoked_at ?? undefined,
});

export function createOperatorsTable(connection: Connection): OperatorPort {
  const list = connection.prepare<[], OperatorRecord>('SELECT * FROM operators ORDER BY name');
  // Who was revoked and comes back gets a token of their own again; what they did before stands in the audit log.
  const add = connection.prepare(`
    INSERT INTO operators (name, token_hash, created_at) VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at,
      revoked_at = NULL WHERE revoked_at IS NOT NULL`);
  const revoke = connection.prepare('UPDATE operators SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL');
  const audit = connection.prepare('INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)');

  const noted = (action: string, name: string, { actor, atMs }: { actor: string; atMs: number }, isDone: boolean) => {
    if (isDone) audit.run(atMs, actor, action, name, '');
    return isDone;
  };
  const addOne = connection.transaction(
    (row: { name: string; tokenHash: string }, by: { actor: string; atMs: number }) =>
      noted('operator-add', row.name, by, add.run(row.name, row.tokenHash, by.atMs).changes === 1),
  ).immediate;
  const revokeOne = connection.transaction((name: string, by: { actor: string; atMs: number }) =>
    noted('operator-revoke', name, by, revoke.run(by.atMs, name).changes === 1),
  ).immediate;

  return {
    list: async () => list.all().map(toOperator),
    add: async (row, by) => addOne(row, by),
    revoke: async (name, by) => revokeOne(name, by),
  };
}
