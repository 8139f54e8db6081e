import type { Connection } from './open.ts';

/** Lines of the audit log about the settings: one whenever they are others than before. */
export function createConfigurationNotes(connection: Connection): (detail: string, nowMs: number) => boolean {
  const newest = connection.prepare<[], { detail: string }>(
    `SELECT detail FROM audit WHERE action = 'configuration' ORDER BY key DESC LIMIT 1`,
  );
  const add = connection.prepare(
    `INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, 'pantau', 'configuration', 'pantau.yaml', ?)`,
  );
  return connection.transaction((detail: string, nowMs: number): boolean => {
    if (newest.get()?.detail === detail) return false;
    add.run(nowMs, detail);
    return true;
  }).immediate;
}
