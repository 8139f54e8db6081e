import { deflateRawSync } from 'node:zlib';
import { stringify } from 'yaml';
import { emptyTrafficHour } from '../../../collector/facts/traffic-hour.ts';
import { regulationNamed } from '../../../collector/obligations/regulations/registry.ts';
import type { Rule } from '../../../collector/obligations/rule.ts';
import { ruleNamed } from '../../../collector/obligations/rules/registry.ts';
import { type Connection, openConnection } from '../../../collector/store/sqlite/open.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const regulation = 'lebong-perbup-22-2022';

export interface MadeYear {
  departmentCount: number;
  /** How many days of history there are before the end of the month. */
  dayCount: number;
  /** The first moment after the month that is reported. */
  untilMs: number;
}

const pdName = (number: number): string => `pd-${number}`;

/** A Pemda of so many departments with one office, one machine and one dataset each. */
export function yearConfig({ departmentCount }: MadeYear): string {
  const departments = Array.from({ length: departmentCount }, (_, number) => ({
    id: pdName(number),
    name: `Dinas ${number}`,
    sites: [{ id: 'kantor', approvedBandwidth: { down: 40, up: 10 } }],
    datasets: [{ id: 'data', source: { kind: 'files', path: '/srv/cadangan/*' } }],
  }));
  return stringify({
    pemda: { name: 'Pemerintah Kabupaten Uji', diskominfo: { pd: pdName(0), name: 'Dinas 0' } },
    timezone: 'Asia/Jakarta',
    regulations: [regulation],
    perangkatDaerah: departments,
  });
}

/**
 * Writes what a collector would have kept: days of links, claims, arrivals, verdicts and incidents of the whole time, and
 * hours of reports and traffic of the last two months, which is as far as a report of a month reaches.
 */
export function makeYear(path: string, year: MadeYear): void {
  const connection = openConnection(path);
  connection.pragma('synchronous = OFF');
  connection
    .transaction(() => {
      for (let number = 0; number < year.departmentCount; number += 1) {
        addDepartment(connection, number, year);
        addHours(connection, number, year);
        addVerdicts(connection, number, year);
      }
    })
    .immediate();
  connection.close();
}

function addDepartment(connection: Connection, number: number, { dayCount, untilMs }: MadeYear): void {
  const pd = pdName(number);
  const fromMs = untilMs - dayCount * dayMs;
  connection
    .prepare(
      `INSERT INTO agents (key, id, pd, site, node, roles, public_key, enrolled_at) VALUES (?, ?, ?, 'kantor', 'server', '[]', '', ?)`,
    )
    .run(number + 1, `agent${number}`, pd, fromMs);
  connection.prepare(`INSERT INTO first_seen (kind, subject, at) VALUES ('dataset', ?, ?)`).run(`${pd}/data`, fromMs);
  const link = connection.prepare(
    `INSERT INTO link_days (pd, site, layer, starts_at, prober, probe, body) VALUES (?, 'kantor', ?, ?, ?, ?, ?)`,
  );
  const monitored = connection.prepare(
    `INSERT INTO monitored_links (pd, site, layer, since) VALUES (?, 'kantor', ?, ?)`,
  );
  const claim = connection.prepare(`
    INSERT INTO claims (pd, dataset, agent, source, outcome, object_name, completed_at, size_bytes, observed_at, session,
      seq, identity, hashed) VALUES (?, 'data', ?, 'files', 'ok', ?, ?, 1000000, ?, 'session-0001', ?, ?, 0)`);
  const arrival = connection.prepare(`
    INSERT INTO arrivals (vault, pd, dataset, object_name, modified_at, arrived_at, observed_at, body)
    VALUES ('brankas', ?, 'data', ?, ?, ?, ?, ?)`);
  for (const layer of ['lan', 'wan']) monitored.run(pd, layer, fromMs);
  for (let day = 0; day < dayCount; day += 1) {
    const atMs = fromMs + day * dayMs;
    const startsAtMs = Math.floor(atMs / dayMs) * dayMs;
    for (const layer of ['lan', 'wan']) link.run(pd, layer, startsAtMs, number + 1, layer, linkDay(number + day));
    const [doneMs, name] = [atMs + 1.5 * hourMs, `data-${day}.tar`];
    if ((number + day) % 17 === 0) continue;
    claim.run(pd, number + 1, name, doneMs, doneMs + 60_000, day + 1, name);
    arrival.run(pd, name, doneMs, doneMs + 60_000, doneMs + 120_000, arrivalBody(number, pd, name, doneMs));
  }
}

/** A day with an outage of an hour now and then, in the rounds of every minute. */
function linkDay(seed: number): string {
  const figures = [60, 60, 60, 1_200_000, 30_000, 0, 0];
  const hours = Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [hour, figures]));
  const runs =
    seed % 9 === 0
      ? [
          [0, 60, 600, 0, 90],
          [36_000, 60, 60, 1, 90],
          [39_600, 60, 780, 0, 90],
        ]
      : [[0, 60, 1440, 0, 90]];
  return JSON.stringify({ runs, hours });
}

function arrivalBody(number: number, pd: string, objectName: string, atMs: number): string {
  const record = { agent: `agent${number}`, session: 'session-0001', seq: 1 };
  const what = { vault: 'brankas', pd, dataset: 'data', agentKey: number + 1, kind: 'file', objectName };
  const when = { modifiedAtMs: atMs, arrivedAtMs: atMs + 60_000, observedAtMs: atMs + 120_000 };
  return JSON.stringify({ ...what, ...when, sizeBytes: 1_000_000, state: 'present', record });
}

function addHours(connection: Connection, number: number, { untilMs }: MadeYear): void {
  const pd = pdName(number);
  const rollUp = connection.prepare(
    `INSERT INTO rollups (agent, resolution_seconds, starts_at, body) VALUES (?, 3600, ?, x'00')`,
  );
  const traffic = connection.prepare(`
    INSERT INTO traffic_hours (pd, site, starts_at, reader, interface, body, revision) VALUES (?, 'kantor', ?, ?, 'wan', ?, 0)`);
  for (let atMs = Math.floor((untilMs - 62 * dayMs) / hourMs) * hourMs; atMs < untilMs; atMs += hourMs) {
    rollUp.run(number + 1, atMs);
    traffic.run(pd, atMs, number + 1, trafficHour(number + atMs / hourMs));
  }
}

const trafficBodies = new Map<number, Buffer>();

function trafficHour(seed: number): Buffer {
  const kind = seed % 24;
  const known = trafficBodies.get(kind);
  if (known !== undefined) return known;
  const hour = emptyTrafficHour();
  hour.downBytes = hour.downBytes.map((_, slot) => 300_000_000 + kind * 20_000_000 + slot * 1000);
  hour.upBytes = hour.upBytes.map(() => 30_000_000 + kind * 1_000_000);
  hour.coveredMs = hour.coveredMs.map(() => 300_000);
  const body = deflateRawSync(
    JSON.stringify({ ...hour, peakDownBytesPerSecond: 4_000_000, peakUpBytesPerSecond: 500_000 }),
  );
  trafficBodies.set(kind, body);
  return body;
}

/** Each duty changes twice a month; every fourth time it was broken, which was an incident. */
const changeEveryMs = 15 * dayMs;

function addVerdicts(connection: Connection, number: number, { dayCount, untilMs }: MadeYear): void {
  const pd = pdName(number);
  const change = connection.prepare(
    'INSERT INTO verdict_changes (obligation, subject, pd, at, body, removed) VALUES (?, ?, ?, ?, ?, 0)',
  );
  const incident = connection.prepare(`
    INSERT INTO incidents (id, pd, obligation, subject, kind, cause, owner, severity, state, since, opened_at, resolved_at)
    VALUES (?, ?, ?, ?, 'link', 'wan', 'Dinas', 'warning', 'resolved', ?, ?, ?)`);
  for (const [place, obligation] of (regulationNamed(regulation)?.obligations ?? []).entries()) {
    const part = partOf(ruleNamed(obligation.rule)?.subject);
    const subject = part === undefined ? pd : `${pd}/${part}`;
    for (let atMs = untilMs - dayCount * dayMs, count = 0; atMs < untilMs; atMs += changeEveryMs, count += 1) {
      const isBreach = (number + place + count) % 4 === 0;
      const said = isBreach
        ? { status: 'breached', grade: 'finding', severity: 'warning', reasonCode: 'broken' }
        : { status: 'compliant', reasonCode: 'met' };
      const evidence = [{ agent: `agent${number}`, session: 'session-0001', seq: count + 1 }];
      const verdict = { obligation: obligation.id, subject, pd, ...said, reasonArgs: {}, sinceMs: atMs, evidence };
      change.run(obligation.id, subject, pd, atMs, JSON.stringify(verdict));
      if (!isBreach || place % 3 !== 0) continue;
      const id = `INC-${number}-${place}-${count}`;
      incident.run(id, pd, obligation.id, subject, atMs, atMs, atMs + changeEveryMs);
    }
  }
}

function partOf(subject: Rule['subject'] | undefined): string | undefined {
  if (subject === 'dataset') return 'data';
  return subject === 'site' ? 'kantor' : undefined;
}
