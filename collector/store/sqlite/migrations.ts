/**
 * Each entry takes the database from version N to N+1 in one transaction. An entry that has been released never
 * changes; a correction is a further entry.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE agents (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pd TEXT NOT NULL, site TEXT NOT NULL, node TEXT NOT NULL,
    roles TEXT NOT NULL, public_key TEXT NOT NULL, enrolled_at INTEGER NOT NULL, revoked_at INTEGER,
    rolled_through INTEGER NOT NULL DEFAULT 0, UNIQUE (pd, node)
  ) STRICT;
  CREATE TABLE tokens (
    secret_hash TEXT PRIMARY KEY, pd TEXT NOT NULL, site TEXT NOT NULL, roles TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER, used_by TEXT
  ) STRICT;

  CREATE TABLE sessions (
    key INTEGER PRIMARY KEY, agent INTEGER NOT NULL REFERENCES agents, token TEXT NOT NULL, UNIQUE (agent, token)
  ) STRICT;
  -- The signed bytes as they arrived; what is queried stands in the columns of reports.
  CREATE TABLE bodies (
    key INTEGER PRIMARY KEY, agent INTEGER NOT NULL, received_at INTEGER NOT NULL, sent_at INTEGER NOT NULL,
    encoding TEXT NOT NULL, signature TEXT NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX bodies_by_receipt ON bodies (received_at);
  CREATE TABLE reports (
    session INTEGER NOT NULL, seq INTEGER NOT NULL, taken_at INTEGER NOT NULL, body INTEGER NOT NULL,
    place INTEGER NOT NULL, late INTEGER NOT NULL, PRIMARY KEY (session, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reports_by_body ON reports (body);
  -- Reports whose bodies were pruned stay known as ranges, so that a repeat is still a repeat.
  CREATE TABLE pruned_ranges (
    session INTEGER NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, PRIMARY KEY (session, first_seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE rollups (
    agent INTEGER NOT NULL, resolution_seconds INTEGER NOT NULL, starts_at INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (agent, resolution_seconds, starts_at)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE links (
    prober INTEGER NOT NULL, probe TEXT NOT NULL, pd TEXT NOT NULL, site TEXT NOT NULL, layer TEXT NOT NULL,
    kind TEXT NOT NULL, target TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL, reason TEXT,
    last_round_at INTEGER NOT NULL, PRIMARY KEY (prober, probe)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE claims (
    key INTEGER PRIMARY KEY, pd TEXT NOT NULL, dataset TEXT NOT NULL, agent INTEGER NOT NULL, source TEXT NOT NULL,
    outcome TEXT NOT NULL, reason TEXT, object_name TEXT, completed_at INTEGER, size_bytes INTEGER, sha256 TEXT,
    observed_at INTEGER NOT NULL, session TEXT NOT NULL, seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX claims_by_dataset ON claims (pd, dataset, outcome, observed_at);
  CREATE TABLE inventories (agent INTEGER PRIMARY KEY, taken_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;

  CREATE TABLE verdicts (
    obligation TEXT NOT NULL, subject TEXT NOT NULL, pd TEXT NOT NULL, body TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (obligation, subject)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE verdict_changes (
    key INTEGER PRIMARY KEY, obligation TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX verdict_changes_by_subject ON verdict_changes (obligation, subject, at);
  CREATE TABLE incidents (
    id TEXT PRIMARY KEY, pd TEXT NOT NULL, obligation TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL,
    cause TEXT NOT NULL, owner TEXT NOT NULL, severity TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL,
    opened_at INTEGER NOT NULL, acknowledged_at INTEGER, acknowledged_by TEXT, resolved_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX one_open_incident ON incidents (obligation, subject) WHERE state <> 'resolved';
  CREATE INDEX incidents_by_opening ON incidents (opened_at);
  CREATE TABLE outbox (
    key INTEGER PRIMARY KEY, incident TEXT NOT NULL, event TEXT NOT NULL, channel TEXT NOT NULL, notice TEXT NOT NULL,
    created_at INTEGER NOT NULL, attempt_count INTEGER NOT NULL DEFAULT 0, next_attempt_at INTEGER,
    delivered_at INTEGER, last_error TEXT, UNIQUE (incident, event, channel)
  ) STRICT;
  CREATE INDEX outbox_waiting ON outbox (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE TABLE deadlines (
    kind TEXT NOT NULL, subject TEXT NOT NULL, due_at INTEGER NOT NULL, PRIMARY KEY (kind, subject)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deadlines_by_time ON deadlines (due_at);
  CREATE TABLE first_seen (
    kind TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, subject)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE audit (
    key INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- What a claim speaks of; the same claim made again is kept once. NULL where it is a look and nothing more.
  ALTER TABLE claims ADD COLUMN identity TEXT;
  ALTER TABLE claims ADD COLUMN hashed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE claims ADD COLUMN run_id TEXT;
  ALTER TABLE claims ADD COLUMN object_id TEXT;
  ALTER TABLE claims ADD COLUMN repository_id TEXT;
  ALTER TABLE claims ADD COLUMN started_at INTEGER;
  ALTER TABLE claims ADD COLUMN said_completed_at INTEGER;
  ALTER TABLE claims ADD COLUMN file_count INTEGER;
  ALTER TABLE claims ADD COLUMN exit_code INTEGER;
  ALTER TABLE claims ADD COLUMN last_lines TEXT;
  CREATE UNIQUE INDEX claims_once ON claims (pd, dataset, identity, hashed) WHERE identity IS NOT NULL;
  CREATE INDEX claims_by_time ON claims (pd, dataset, coalesce(completed_at, started_at, observed_at));

  CREATE TABLE arrivals (
    vault TEXT NOT NULL, pd TEXT NOT NULL, dataset TEXT NOT NULL, object_name TEXT NOT NULL,
    modified_at INTEGER NOT NULL, arrived_at INTEGER NOT NULL, observed_at INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (pd, dataset, vault, object_name, modified_at)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX arrivals_by_time ON arrivals (pd, dataset, arrived_at);
  CREATE TABLE holdings (
    vault TEXT NOT NULL, pd TEXT NOT NULL, dataset TEXT NOT NULL, observed_at INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (pd, dataset, vault)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE vault_scans (vault TEXT PRIMARY KEY, scanned_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE restore_tests (
    pd TEXT NOT NULL, dataset TEXT NOT NULL, agent INTEGER NOT NULL, run_id TEXT NOT NULL,
    completed_at INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (pd, dataset, agent, run_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX restore_tests_by_time ON restore_tests (pd, dataset, completed_at);
  CREATE TABLE pings (
    key INTEGER PRIMARY KEY, pd TEXT NOT NULL, dataset TEXT NOT NULL, at INTEGER NOT NULL, received_at INTEGER NOT NULL,
    kind TEXT NOT NULL, exit_status INTEGER, rid TEXT, body BLOB NOT NULL, user_agent TEXT NOT NULL,
    remote_address TEXT NOT NULL
  ) STRICT;
  CREATE INDEX pings_by_dataset ON pings (pd, dataset, at);
  CREATE INDEX pings_by_receipt ON pings (received_at);
  `,
  `
  -- Hours of WAN traffic in slots of five minutes, of each interface as each agent read it.
  CREATE TABLE traffic_hours (
    pd TEXT NOT NULL, site TEXT NOT NULL, starts_at INTEGER NOT NULL, reader INTEGER NOT NULL, interface TEXT NOT NULL,
    body BLOB NOT NULL, revision INTEGER NOT NULL, restated_at INTEGER,
    PRIMARY KEY (pd, site, starts_at, reader, interface)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX traffic_hours_by_time ON traffic_hours (starts_at);
  `,
  `
  -- What the rounds of one probe add up to in one day of UTC, and since when a link of a site is probed at all.
  CREATE TABLE link_days (
    pd TEXT NOT NULL, site TEXT NOT NULL, layer TEXT NOT NULL, starts_at INTEGER NOT NULL, prober INTEGER NOT NULL,
    probe TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (pd, site, layer, starts_at, prober, probe)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE monitored_links (
    pd TEXT NOT NULL, site TEXT NOT NULL, layer TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (pd, site, layer)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- A router that cannot sign shows a token; its public_key is empty.
  ALTER TABLE agents ADD COLUMN token_hash TEXT;
  ALTER TABLE tokens ADD COLUMN router_node TEXT;
  `,
  `
  -- One incident may stand for several sites and several duties, and what it was may turn out later.
  ALTER TABLE incidents ADD COLUMN sites TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE incidents ADD COLUMN obligations TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE incidents ADD COLUMN settled_cause TEXT;
  ALTER TABLE incidents ADD COLUMN settle_by INTEGER;
  ALTER TABLE incidents ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE incidents ADD COLUMN restated_at INTEGER;
  UPDATE incidents SET obligations = json_array(obligation);
  CREATE INDEX incidents_settling ON incidents (settle_by) WHERE settle_by IS NOT NULL;
  `,
  `
  -- What is known of a link beside its state, as JSON: its last answer, its certificate, whether it comes and goes.
  ALTER TABLE links ADD COLUMN detail TEXT;
  `,
  `
  -- The address from which a body came, by its connection.
  ALTER TABLE bodies ADD COLUMN remote_address TEXT;
  -- Which way the reports of an agent took on a day of the Pemda's zone.
  CREATE TABLE path_days (
    pd TEXT NOT NULL, site TEXT NOT NULL, agent INTEGER NOT NULL, day TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (pd, site, agent, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX path_days_by_day ON path_days (day);
  `,
  `
  -- How each machine is connected, as it told last: where the agents at the Pusat Data can probe it.
  CREATE TABLE networks (agent INTEGER PRIMARY KEY, taken_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  `,
  `
  -- Whose verdict changed, and when nothing was said of a case any more; of what went before nobody noted when it did.
  ALTER TABLE verdict_changes ADD COLUMN pd TEXT NOT NULL DEFAULT '';
  ALTER TABLE verdict_changes ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
  UPDATE verdict_changes SET pd = json_extract(body, '$.pd');
  INSERT INTO verdict_changes (obligation, subject, pd, at, body, removed)
    SELECT obligation, subject, pd, max(at, unixepoch() * 1000), body, 1 FROM verdict_changes WHERE key IN (
      SELECT max(key) FROM verdict_changes c WHERE NOT EXISTS (
        SELECT 1 FROM verdicts v WHERE v.obligation = c.obligation AND v.subject = c.subject)
      GROUP BY obligation, subject);
  CREATE INDEX verdict_changes_by_pd ON verdict_changes (pd, at);
  CREATE INDEX verdict_changes_by_time ON verdict_changes (at);
  `,
  `
  -- What people enter in registers: every state of every entry, as JSON with its attachments.
  CREATE TABLE register_revisions (
    key INTEGER PRIMARY KEY, register TEXT NOT NULL, entry TEXT NOT NULL, revision INTEGER NOT NULL, pd TEXT,
    removed INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (register, entry, revision)
  ) STRICT;
  `,
  `
  -- Who may act through the API, beside the holder of the admin token.
  CREATE TABLE operators (
    name TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The hash chain: data is canonical JSON (RFC 8785); previous is the hash of the entry before.
  CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, pd TEXT, data TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_by_pd ON ledger (pd, seq) WHERE pd IS NOT NULL;
  CREATE INDEX ledger_by_time ON ledger (at);
  CREATE TABLE checkpoints (
    seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, previous_seq INTEGER NOT NULL,
    signature TEXT NOT NULL
  ) STRICT;
  -- The bytes that an entry of evidence tells of, and which reports are in them.
  CREATE TABLE ledger_bodies (entry INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
  CREATE TABLE ledger_reports (
    agent TEXT NOT NULL, session TEXT NOT NULL, seq INTEGER NOT NULL, entry INTEGER NOT NULL,
    PRIMARY KEY (agent, session, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ledger_reports_by_entry ON ledger_reports (entry);
  -- What became of each notice: delivered or given up.
  CREATE TABLE deliveries (
    key INTEGER PRIMARY KEY, at INTEGER NOT NULL, incident TEXT NOT NULL, event TEXT NOT NULL, channel TEXT NOT NULL,
    outcome TEXT NOT NULL, attempt_count INTEGER NOT NULL, notice_sha256 TEXT NOT NULL, error TEXT
  ) STRICT;
  `,
  `
  -- What happened to an incident, and who did it. What people found and did stands beside the incident, as JSON.
  CREATE TABLE incident_events (
    key INTEGER PRIMARY KEY, incident TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, actor TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX incident_events_by_incident ON incident_events (incident, key);
  ALTER TABLE incidents ADD COLUMN handling TEXT NOT NULL DEFAULT '{}';
  CREATE INDEX incidents_by_resolution ON incidents (resolved_at);
  INSERT INTO incident_events (incident, at, event, actor, detail)
    SELECT id, opened_at, 'opened', 'pantau', json_object('cause', cause, 'severity', severity, 'owner', owner)
      FROM incidents ORDER BY opened_at;
  INSERT INTO incident_events (incident, at, event, actor, detail)
    SELECT id, acknowledged_at, 'acknowledged', acknowledged_by, '{}'
      FROM incidents WHERE acknowledged_at IS NOT NULL ORDER BY acknowledged_at;
  INSERT INTO incident_events (incident, at, event, actor, detail)
    SELECT id, resolved_at, 'resolved', 'pantau', '{}' FROM incidents WHERE resolved_at IS NOT NULL ORDER BY resolved_at;
  INSERT INTO incident_events (incident, at, event, actor, detail)
    SELECT id, restated_at, 'restated', 'pantau', json_object('cause', settled_cause, 'causeBefore', cause)
      FROM incidents WHERE restated_at IS NOT NULL AND settled_cause IS NOT NULL ORDER BY restated_at;
  `,
  `
  -- Files that are attached to entries of registers; they lie beside the database under their SHA-256.
  CREATE TABLE attachments (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, size_bytes INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Whom a timeline says to have been told.
  CREATE INDEX deliveries_by_incident ON deliveries (incident);
  `,
  `
  -- Documents that were made. Each row is one edition with its files; figures are compressed canonical JSON.
  CREATE TABLE documents (
    key INTEGER PRIMARY KEY, name TEXT NOT NULL, month TEXT NOT NULL, pd TEXT, revision INTEGER NOT NULL,
    figures_hash TEXT NOT NULL, made_at INTEGER NOT NULL, made_by TEXT NOT NULL, folder TEXT, body TEXT NOT NULL,
    figures BLOB NOT NULL
  ) STRICT;
  CREATE INDEX documents_by_name ON documents (name, revision);
  `,
  `
  -- Pages of the ledger by what they are asked for, without a look at the entries that are left out.
  CREATE INDEX ledger_by_pd_time ON ledger (pd, at) WHERE pd IS NOT NULL;
  CREATE INDEX ledger_by_pd_kind ON ledger (pd, kind, at) WHERE pd IS NOT NULL;
  CREATE INDEX ledger_by_kind ON ledger (kind);
  CREATE INDEX ledger_by_kind_time ON ledger (kind, at);
  `,
];
