import type {
  AttachmentRow,
  DeskCursorPort,
  RegisterPort,
  RegisterRevision,
  RegisterRevisionRow,
} from '../register-port.ts';
import type { AuditRow } from '../rows.ts';
import type { Connection } from './open.ts';
import { createProgress } from './progress.ts';

interface RevisionRecord {
  key: number;
  register: string;
  entry: string;
  revision: number;
  pd: string | null;
  removed: number;
  at: number;
  actor: string;
  body: string;
}

interface RevisionBody {
  values: RegisterRevision['values'];
  attachments: string[];
}

const toRevision = (record: RevisionRecord): RegisterRevisionRow => ({
  key: record.key,
  register: record.register,
  entry: record.entry,
  revision: record.revision,
  pd: record.pd ?? undefined,
  ...(JSON.parse(record.body) as RevisionBody),
  removed: record.removed === 1,
  atMs: record.at,
  actor: record.actor,
});

function prepareStatements(connection: Connection) {
  return {
    current: connection.prepare<[], RevisionRecord>(`
    SELECT r.* FROM register_revisions r
      JOIN (SELECT register, entry, max(revision) AS revision, min(key) AS first FROM register_revisions
        GROUP BY register, entry) n USING (register, entry, revision)
      WHERE r.removed = 0 ORDER BY n.first`),
    lastKey: connection.prepare<[], { key: number | null }>('SELECT max(key) AS key FROM register_revisions'),
    after: connection.prepare<[number, number], RevisionRecord>(
      'SELECT * FROM register_revisions WHERE key > ? ORDER BY key LIMIT ?',
    ),
    newest: connection.prepare<[string, string], { revision: number; removed: number }>(
      'SELECT revision, removed FROM register_revisions WHERE register = ? AND entry = ? ORDER BY revision DESC LIMIT 1',
    ),
    add: connection.prepare(`
    INSERT INTO register_revisions (register, entry, revision, pd, removed, at, actor, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    history: connection.prepare<[string, string], RevisionRecord>(
      'SELECT * FROM register_revisions WHERE register = ? AND entry = ? ORDER BY revision',
    ),
    addAttachment: connection.prepare(
      'INSERT INTO attachments (sha256, name, size_bytes, at, actor) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    attachment: connection.prepare<[string], AttachmentRow>(
      'SELECT sha256, name, size_bytes AS sizeBytes, at AS atMs, actor FROM attachments WHERE sha256 = ?',
    ),
    audit: connection.prepare('INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)'),
  };
}

interface EventOfIncident {
  key: number;
  incident: string;
  event: string;
}

function createDeskCursor(connection: Connection): DeskCursorPort {
  const progress = createProgress(connection, 'service-desk');
  const events = connection.prepare<[number, number], EventOfIncident>(
    'SELECT key, incident, event FROM incident_events WHERE key > ? ORDER BY key LIMIT ?',
  );
  return {
    incidentEventsAfter: async (key, limit) => events.all(key, limit),
    deskCursor: async () => (progress.get() === 0 ? undefined : progress.get()),
    setDeskCursor: async (key) => progress.set(key),
  };
}

export function createRegistersTable(connection: Connection): RegisterPort {
  const sql = prepareStatements(connection);

  function follows({ register, entry, revision }: RegisterRevision): boolean {
    const newest = sql.newest.get(register, entry) ?? { revision: 0, removed: 0 };
    return newest.removed === 0 && revision === newest.revision + 1;
  }

  const append = connection.transaction((revisions: readonly RegisterRevision[], audit: AuditRow): string[] => {
    const conflicts = revisions.filter((each) => !follows(each)).map(({ entry }) => entry);
    if (conflicts.length > 0) return conflicts;
    for (const { register, entry, revision, pd, removed, atMs, actor, values, attachments } of revisions) {
      const body = JSON.stringify({ values, attachments });
      sql.add.run(register, entry, revision, pd ?? null, removed ? 1 : 0, atMs, actor, body);
    }
    sql.audit.run(audit.atMs, audit.actor, audit.action, audit.subject, audit.detail);
    return [];
  }).immediate;

  const load = connection.transaction(() => ({
    rows: sql.current.all().map(toRevision),
    lastKey: sql.lastKey.get()?.key ?? 0,
  }));

  return {
    ...createDeskCursor(connection),
    load: async () => load(),
    after: async (key, limit) => sql.after.all(key, limit).map(toRevision),
    append: async (revisions, audit) => append(revisions, audit),
    addAttachment: async ({ sha256, name, sizeBytes, atMs, actor }) =>
      void sql.addAttachment.run(sha256, name, sizeBytes, atMs, actor),
    attachment: async (sha256) => sql.attachment.get(sha256),
    history: async (register, entry) => sql.history.all(register, entry).map(toRevision),
  };
}
