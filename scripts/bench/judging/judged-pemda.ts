import { join } from 'node:path';
import { stringify } from 'yaml';
import { knownNames } from '../../../collector/cli/known-names.ts';
import { parseConfig } from '../../../collector/config/load-config.ts';
import { noTouchedFacts, type TouchedFacts } from '../../../collector/facts/touched-facts.ts';
import { createJudging } from '../../../collector/incidents/judging.ts';
import { hashSecret, newSecret } from '../../../collector/intake/enrolment.ts';
import { createIntake } from '../../../collector/intake/intake.ts';
import { openRegisters } from '../../../collector/registers/registers.ts';
import { touchedBy } from '../../../collector/registers/touched-by.ts';
import { restoreFleet } from '../../../collector/restore-fleet.ts';
import type { VerdictRow } from '../../../collector/store/rows.ts';
import { openSqliteStore } from '../../../collector/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../collector/store/store.ts';
import type { Clock } from '../../../shared/clock.ts';
import { createLogger } from '../../../shared/logger.ts';
import type { ReportBackup } from '../../../shared/report-schema.ts';
import { exportPublicKey } from '../../../shared/signing.ts';
import { dictionaryEncoding, signatureHeader } from '../../../shared/wire.ts';
import { createSimulatedAgent, type SimulatedAgent } from '../../simulation/simulated-agent.ts';
import { type Cost, costOf } from './cost.ts';

/** A collector from intake to verdicts, in this process, with a store on disk. */
export interface JudgedPemda {
  agentCount: number;
  /** Its first judging, before anybody has reported. */
  start: { cost: Cost; caseCount: number };
  /** Takes one report each of the agents with these numbers, with a backup of each dataset or without; judges nothing. */
  report(numbers: readonly number[], options: { hasBackups: boolean }): Promise<void>;
  /** Writes an entry of the department with this number into a register; nothing is judged yet. */
  enter(number: number): Promise<void>;
  /** Judges what rests on that, and writes it. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface JudgedPemdaOptions {
  folder: string;
  departmentCount: number;
  clock: Clock;
  /** Gets every verdict that is written. */
  onSaved: VerdictRow[];
}

const hourMs = 3_600_000;
const pdName = (number: number): string => `pd-${number}`;

export async function createJudgedPemda(options: JudgedPemdaOptions): Promise<JudgedPemda> {
  const { clock } = options;
  const file = openSqliteStore(join(options.folder, 'pantau.db'));
  const store = watched(file, options.onSaved);
  const config = parseConfig(configText(options.departmentCount), 'pantau.yaml', knownNames);
  const agents = Array.from({ length: options.departmentCount }, (_, number) =>
    createSimulatedAgent({ seed: number + 1, intervalSeconds: 60, pd: pdName(number), node: 'srv' }),
  );
  for (const agent of agents) await enrol(store, agent, clock.nowMs());
  const logger = createLogger(complain, () => clock.nowMs());
  const fleet = await restoreFleet(store, { timezone: () => config.timezone });
  let touched: TouchedFacts[] = [];
  const given = { store, clock, logger, fleet, config };
  const registers = await openRegisters({
    ...given,
    port: store.registers,
    onChange: (pds) => void touched.push(touchedBy(pds, config)),
  });
  const onTouched = (facts: TouchedFacts) => void touched.push(facts);
  const judging = createJudging({ ...given, registers, random: Math.random, onVerdict: () => {}, onNotices: () => {} });
  const intake = createIntake({ ...given, configVersionOf: () => 'version', onTouched, count: () => {} });
  const cost = await costOf(() => judging.start());
  return {
    agentCount: agents.length,
    start: { cost, caseCount: judging.verdicts().length },
    async report(numbers, { hasBackups }) {
      await Promise.all(
        numbers.map((number) => {
          const nowMs = clock.nowMs();
          const agent = agents[number] as SimulatedAgent;
          const envelope = agent.envelope(
            [agent.report({ takenAtMs: nowMs, backups: hasBackups ? backupsAt(nowMs) : [] })],
            nowMs,
          );
          const { body, headers } = agent.signedRequest(envelope, { encoding: 'dictionary' });
          const signature = headers[signatureHeader];
          const remoteAddress = '127.0.0.1';
          return intake.accept({ agent: agent.id, signature, encoding: dictionaryEncoding, body, remoteAddress });
        }),
      );
    },
    enter: (number) => registers.write([entryOf(number, clock.nowMs())], registerAct),
    async settle() {
      const all = touched;
      touched = [];
      judging.touch(together(all));
      await judging.settled();
    },
    async close() {
      await intake.close();
      await judging.stop();
      await registers.stop();
      await file.close();
    },
  };
}

const datasetNames = ['data', 'arsip'];

function backupsAt(nowMs: number): ReportBackup[] {
  const completedAt = new Date(nowMs).toISOString();
  return datasetNames.map((dataset) => {
    const file = { objectName: `${dataset}-${nowMs}.tar`, sizeBytes: 123_456_789 };
    return { dataset, source: 'files', outcome: 'ok', completedAt, ...file };
  });
}

const registerAct = { actor: 'bench', action: 'register', subject: 'hardware', detail: '' };

function entryOf(number: number, nowMs: number) {
  const values = { name: `Server ${nowMs}`, kind: 'server', node: 'srv' };
  const place = { register: 'hardware', entry: `H-${number}-${nowMs}`, pd: pdName(number) };
  return { ...place, expectedRevision: 0, values, attachments: [] };
}

/** A failure would be quick, and no figure. */
function complain(line: string): void {
  if (line.includes('could not')) throw new Error(line);
}

function watched(store: Store, saved: VerdictRow[]): Store {
  return {
    ...store,
    saveJudgement(changes) {
      saved.push(...changes.verdicts);
      return store.saveJudgement(changes);
    },
  };
}

function together(all: readonly TouchedFacts[]): TouchedFacts {
  const sum = noTouchedFacts();
  for (const { agents, sites, datasets, departments, pemda } of all) {
    for (const id of agents) sum.agents.add(id);
    for (const name of sites) sum.sites.add(name);
    for (const name of datasets) sum.datasets.add(name);
    for (const name of departments) sum.departments.add(name);
    if (pemda) sum.pemda = true;
  }
  return sum;
}

async function enrol(store: Store, agent: SimulatedAgent, nowMs: number): Promise<void> {
  const secretHash = hashSecret(newSecret());
  const place = { pd: agent.pd, site: 'kantor', roles: [] };
  await store.addToken({ ...place, secretHash, createdAtMs: nowMs, expiresAtMs: nowMs + hourMs });
  const publicKey = exportPublicKey(agent.keys.publicKey);
  const enrolled = await store.enrol(secretHash, { id: agent.id, node: agent.node, publicKey }, nowMs);
  if (enrolled.outcome !== 'enrolled') throw new Error('A simulated agent could not be enrolled.');
}

/** Two sites and two datasets each, all duties of a regulation. */
function configText(departmentCount: number): string {
  return stringify({
    pemda: { name: 'Pemerintah Kabupaten Uji', diskominfo: { pd: pdName(0), name: 'Dinas 0' } },
    timezone: 'Asia/Jakarta',
    regulations: ['lebong-perbup-22-2022'],
    notify: [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' }],
    perangkatDaerah: Array.from({ length: departmentCount }, (_, number) => ({
      id: pdName(number),
      name: `Dinas ${number}`,
      sites: [{ id: 'kantor' }, { id: 'cabang' }],
      datasets: datasetNames.map((id) => ({ id, source: { kind: 'files', path: `/srv/${id}/*` } })),
    })),
  });
}
