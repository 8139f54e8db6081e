import type { Connection } from './open.ts';

/** Several times the sessions that a large fleet has in use; a server that invents more only pushes others out. */
const defaultLimit = 50_000;

/** The store's own number of each session, remembered so that a report of a session in use costs no look-up. */
export function createSessionKeys(connection: Connection, limit = defaultLimit) {
  const add = connection.prepare('INSERT INTO sessions (agent, token) VALUES (?, ?)');
  const find = connection.prepare<[number, string], { key: number }>(
    'SELECT key FROM sessions WHERE agent = ? AND token = ?',
  );
  /** Oldest use first, roughly: two generations, of which the older is let go as a whole. */
  let recent = new Map<string, number>();
  let before = new Map<string, number>();
  const nameOf = (agentKey: number, token: string) => `${agentKey}/${token}`;

  return {
    /** Adds the session when it is new; only inside a transaction. */
    keyOf(agentKey: number, token: string): number {
      const name = nameOf(agentKey, token);
      const known = recent.get(name);
      if (known !== undefined) return known;
      const key =
        before.get(name) ?? find.get(agentKey, token)?.key ?? Number(add.run(agentKey, token).lastInsertRowid);
      if (recent.size >= limit / 2) {
        before = recent;
        recent = new Map();
      }
      recent.set(name, key);
      return key;
    },
    /** To be called when a transaction was rolled back: sessions that it added do not exist. */
    forget(): void {
      recent = new Map();
      before = new Map();
    },
    has: (agentKey: number, token: string): boolean =>
      recent.has(nameOf(agentKey, token)) || before.has(nameOf(agentKey, token)),
    size: (): number => recent.size + before.size,
  };
}
