import type { Connection } from './open.ts';

/** A named number that only grows: how far a background job has come. */
export function createProgress(connection: Connection, name: string) {
  const read = connection.prepare<[string], { value: number }>('SELECT value FROM progress WHERE name = ?');
  const write = connection.prepare(
    'INSERT INTO progress (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  return {
    get: (): number => read.get(name)?.value ?? 0,
    set: (value: number): void => void write.run(name, value),
  };
}
