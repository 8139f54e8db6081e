import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BackupTool, cutOff, flipByte, sendToVault } from '../kit/backup-tools.ts';
import { type BackupWorld, startBackupWorld } from '../kit/backup-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const usualBytes = 200_000;

/** Everything was due half an hour ago; the last good backup is of the day before, the new one was made since. */
function times() {
  const dueAtMs = Math.floor((Date.now() - 30 * minuteMs) / minuteMs) * minuteMs;
  const due = new Date(dueAtMs);
  return {
    dueAtMs,
    schedule: `${due.getUTCMinutes()} ${due.getUTCHours()} * * *`,
    beforeAtMs: dueAtMs - 19 * hourMs,
    newAtMs: dueAtMs + 10 * minuteMs,
  };
}

const kinds = ['good', 'failing', 'absent', 'cut', 'flipped', 'empty', 'half', 'skipped', 'zone'] as const;
type Kind = (typeof kinds)[number];

interface Stage {
  tool: BackupTool;
  world: BackupWorld;
  at: ReturnType<typeof times>;
  /** Folder of the department and in the vault. */
  local(kind: Kind | 'clock'): string;
  inVault(kind: Kind | 'clock'): string;
  /** Makes a backup and brings it to the vault. */
  make(kind: Kind, atMs: number, sizeBytes?: number): void;
}

/** What each kind of trouble leads to, at once or when its deadline is over. */
function expectations(tool: BackupTool): Record<Kind | 'clock', string> {
  return {
    // It came in time; measured by the shorter grace it came late.
    good: 'compliant backup-arrived-late',
    failing: 'breached job-failed',
    absent: 'breached not-arrived',
    cut: `breached ${tool.reasons.cut}`,
    flipped: `breached ${tool.reasons.flipped}`,
    empty: 'breached backup-empty',
    half: 'breached backup-shrunk',
    skipped: 'breached backup-overdue',
    zone: 'breached backup-overdue-other-zone',
    clock: 'breached agent-clock-off',
  };
}

/** The troubles of backups with one real tool, from the job at the department to the alert at Diskominfo. */
export function backupScenarios(tool: BackupTool): void {
  it('gives each trouble its own reason and exactly one alert, and the good run none', async () => {
    const stage = await prepare(tool);
    await firstNights(stage);
    // While nights are told of one after the other the older ones look late; that is taken back by now.
    await waitUntil('only the wrong clock to be told of', () => stillTold(stage.world).join() === 'clock');
    const toldBefore = stage.world.hook.requests.length;
    await lastNight(stage);
    const expected = expectations(tool);
    await untilAll(stage.world, pick(expected, toldAtOnce));
    stage.world.setGrace('10m');
    await untilAll(stage.world, expected);
    const troubled = Object.keys(expected).filter((kind) => kind !== 'good' && kind !== 'clock');
    await waitUntil(
      'an alert for each trouble',
      () => stage.world.hook.requests.length >= toldBefore + troubled.length,
    );
    await twoMoreRounds(stage.world);

    expect(beginnings(stage.world.notices(), toldBefore)).toEqual(troubled.map((kind) => `opened ${kind}`).toSorted());
    for (const kind of [...troubled, 'clock']) expectTelling(stage, kind);
    expect(await openIncidents(stage.world)).toEqual([...troubled, 'clock'].toSorted());
  }, 240_000);
}

/** Waits for all at once, so that a failure names every dataset that is not as it should be. */
async function untilAll(world: BackupWorld, expected: Record<string, string>): Promise<void> {
  const waits = Object.entries(expected).map(([kind, verdict]) => world.untilDuty(kind, verdict));
  const failed = (await Promise.allSettled(waits)).flatMap((wait) =>
    wait.status === 'rejected' ? [String(wait.reason)] : [],
  );
  expect(failed).toEqual([]);
}

/** What is wrong as soon as it is seen, however far the deadline is. */
const toldAtOnce = ['failing', 'cut', 'flipped', 'empty', 'half'];

function pick(all: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

/** What was told since then; what had looked late before, within the hour, is told as being back, and only that. */
function beginnings(notices: readonly string[], since: number): string[] {
  const heardOf = new Set(notices.slice(0, since).map((line) => line.split(' ')[1]));
  const opened = (line: string) => {
    const [event = '', dataset = ''] = line.split(' ');
    return `${event === 'reopened' && heardOf.has(dataset) ? 'opened' : event} ${dataset}`;
  };
  return notices.slice(since).map(opened).toSorted();
}

async function prepare(tool: BackupTool): Promise<Stage> {
  const at = times();
  const root = temporaryFolder();
  const local = (kind: Kind | 'clock') => join(root, kind === 'clock' ? 'disdik' : 'dinkes', kind, 'cadangan');
  const inVault = (kind: Kind | 'clock') => join(root, 'vault', kind === 'clock' ? 'disdik' : 'dinkes', kind);
  const dataset = (kind: Kind | 'clock') => ({ id: kind, source: tool.source(local(kind)) });
  for (const kind of [...kinds, 'clock' as const]) tool.init(local(kind));
  const world = await startBackupWorld({
    departments: { dinkes: kinds.map(dataset), disdik: [dataset('clock')] },
    vaultRoot: join(root, 'vault'),
    schedule: at.schedule,
    grace: '3h',
  });
  const make: Stage['make'] = (kind, atMs, sizeBytes = usualBytes) => {
    tool.make(local(kind), { atMs, sizeBytes });
    sendToVault(local(kind), inVault(kind));
  };
  return { tool, world, at, local, inVault, make };
}

/** Nights in which all went well, seen by everybody. */
async function firstNights(stage: Stage): Promise<void> {
  const { tool, world, at } = stage;
  for (const kind of kinds) if (kind !== 'half' && kind !== 'zone') stage.make(kind, at.beforeAtMs);
  // A server whose clock is three hours ahead writes files of three hours from now.
  tool.make(stage.local('clock'), { atMs: at.newAtMs + 3 * hourMs, sizeBytes: usualBytes });
  sendToVault(stage.local('clock'), stage.inVault('clock'));
  world.startAgent('dinkes');
  world.startAgent('disdik', ['faketime', '-f', '+3h']);
  world.startReader();
  // Sizes are learnt night by night, as they are made.
  for (const nightsAgo of [4, 3, 2, 1]) {
    const atMs = at.newAtMs - nightsAgo * 24 * hourMs;
    stage.make('half', atMs, usualBytes + nightsAgo);
    await world.untilClaimed('half', atMs);
  }
  // The job runs at the right hour on a wall in Papua, and so nine hours too early.
  for (const night of [1, 0]) {
    const atMs = at.dueAtMs - night * 24 * hourMs - 9 * hourMs + 5 * minuteMs;
    tool.make(stage.local('zone'), { atMs, sizeBytes: usualBytes, zone: 'Asia/Jayapura' });
    sendToVault(stage.local('zone'), stage.inVault('zone'));
    await world.untilClaimed('zone', atMs);
  }
  // All that is learnt night by night arrives tonight, which is late for each night but the last.
  const withClock = { clock: 'breached agent-clock-off' };
  await untilAll(world, {
    ...withClock,
    ...Object.fromEntries(
      kinds.map((kind) => [kind, `compliant ${kind === 'half' ? 'backup-arrived-late' : tool.reasons.arrived}`]),
    ),
  });
  expect(world.noticesAbout('clock')).toHaveLength(1);
}

/** The night in which things go wrong. */
async function lastNight(stage: Stage): Promise<void> {
  const { tool, world, at } = stage;
  stage.make('good', at.newAtMs);
  const failed = await world.agent(
    'dinkes',
    'backup-run',
    '--dataset',
    'failing',
    '--',
    ...tool.failing(stage.local('failing')),
  );
  expect(failed.code).toBeGreaterThan(0);
  tool.make(stage.local('absent'), { atMs: at.newAtMs, sizeBytes: usualBytes });
  for (const kind of ['cut', 'flipped'] as const) {
    tool.make(stage.local(kind), { atMs: at.newAtMs, sizeBytes: usualBytes });
    await world.untilClaimed(kind, at.newAtMs);
    sendDamaged(tool, {
      local: stage.local(kind),
      inVault: stage.inVault(kind),
      damage: kind === 'cut' ? cutOff : flipByte,
    });
  }
  stage.make('empty', at.newAtMs, 0);
  stage.make('half', at.newAtMs, usualBytes / 2);
  for (const kind of ['good', 'absent', 'empty', 'half'] as const) await world.untilClaimed(kind, at.newAtMs);
  await world.untilGood('good', at.newAtMs);
}

/** What arrives is damaged from the first moment on that it has its name. */
function sendDamaged(
  tool: BackupTool,
  { local, inVault, damage }: { local: string; inVault: string; damage: (path: string) => void },
): void {
  const onTheWay = `${local}-dikirim`;
  sendToVault(local, onTheWay);
  damage(tool.victim(onTheWay));
  sendToVault(onTheWay, inVault);
}

/** Datasets that people were told of and not that it is over. */
function stillTold(world: BackupWorld): string[] {
  const told = new Set<string>();
  for (const line of world.notices()) {
    const [event, dataset = ''] = line.split(' ');
    if (event === 'resolved') told.delete(dataset);
    else told.add(dataset);
  }
  return [...told].toSorted();
}

async function openIncidents({ api }: BackupWorld): Promise<string[]> {
  const rows = await api.list<{ subject: string; state: string }>('incidents');
  return rows
    .flatMap(({ subject, state }) => (state === 'resolved' ? [] : [subject.slice(subject.indexOf('/') + 1)]))
    .toSorted();
}

async function twoMoreRounds(world: BackupWorld): Promise<void> {
  const reports = async () => world.api.series('pantau_reports_total{outcome="accepted"}');
  const before = (await reports()) ?? 0;
  await waitUntil('two more rounds of three agents', async () => ((await reports()) ?? 0) >= before + 6);
}

/** An alert names the department, the dataset, the last good backup, the reason and the Pasal. */
function expectTelling({ world }: Stage, kind: string): void {
  const [notice] = world.noticesAbout(kind);
  expect(notice?.perangkatDaerah.id).toBe(kind === 'clock' ? 'disdik' : 'dinkes');
  expect(notice?.citation).toMatchObject({ pasal: '19', ayat: '1' });
  expect(notice?.reason.length).toBeGreaterThan(20);
  expect(notice?.details.map(({ label }) => label)).toContain('Cadangan baik terakhir');
}
