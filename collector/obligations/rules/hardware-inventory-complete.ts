import type { DepartmentRule, DepartmentSubjectFacts, Judgement, MachineView } from '../rule.ts';
import type { RegisterEntry } from '../register-view.ts';
import { lookedAtAgain, namesOf, recordsOf, unknown } from './measured/say.ts';
import { entriesOfDepartment, textIn } from './registers/entries.ts';

const defaultStaleAfterDays = 7;
const dayMs = 86_400_000;
const mostReferences = 16;

/**
 * What hardware there is, is known: every server with an agent has told its inventory lately, and every machine stands in
 * the register of hardware once that is kept. What has no agent is known by the register alone; whether it is complete
 * only people can say.
 */
export const hardwareInventoryComplete: DepartmentRule = {
  name: 'hardware-inventory-complete',
  docs: 'Every server with an agent told its inventory lately, and every machine stands in the register of hardware.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'info',
  params: {
    staleAfterDays: {
      default: defaultStaleAfterDays,
      docs: 'an inventory that is older than so many days says nothing of the present',
    },
    needsAssetNumber: { default: false, docs: 'each entry must bear its number in the asset system of the Pemda' },
  },
  evidence: {
    id: 'Inventaris harian dari agen di tiap server, dan entri register perangkat keras yang menyebut node-nya (bila diwajibkan, dengan nomor aset).',
    en: 'The daily inventory of the agent on each server, and an entry of the register of hardware that names its node (with the asset number where it is asked for).',
  },
  headlines: {
    'not-in-register': { id: 'Perangkat belum ada dalam register', en: 'A machine is missing in the register' },
    'no-asset-number': { id: 'Nomor aset belum dicatat', en: 'An asset number is missing' },
  },
  reasons: {
    inventoried: {
      id: 'Inventaris {machineCount} server diterima dalam {staleAfterDays} hari terakhir (bawaan aplikasi); register perangkat keras belum diisi.',
      en: 'The inventory of {machineCount} servers came in within the last {staleAfterDays} days (a default of the application); the register of hardware is not kept yet.',
    },
    registered: {
      id: 'Inventaris server diterima dalam {staleAfterDays} hari terakhir (bawaan aplikasi), dan {machineCount} perangkat beragen tercatat dalam register perangkat keras.',
      en: 'The inventory of the servers came in within the last {staleAfterDays} days (a default of the application), and {machineCount} machines with an agent stand in the register of hardware.',
    },
    'not-in-register': {
      id: 'Perangkat {nodes} melapor, tetapi tidak tercatat dalam register perangkat keras.',
      en: 'The machine {nodes} reports, but does not stand in the register of hardware.',
    },
    'no-asset-number': {
      id: 'Perangkat {names} tercatat dalam register tanpa nomor pada sistem aset daerah.',
      en: 'The machine {names} stands in the register without its number in the asset system.',
    },
    'inventory-missing': {
      id: 'Belum ada inventaris terbaru dari server {nodes} dalam {staleAfterDays} hari terakhir (bawaan aplikasi).',
      en: 'There is no recent inventory of the server {nodes} within the last {staleAfterDays} days (a default of the application).',
    },
    'no-server': {
      id: 'Belum ada server dengan agen pada Perangkat Daerah ini, sehingga tidak ada inventaris.',
      en: 'No server of this department has an agent yet, so there is no inventory.',
    },
  },
  judge(facts, { staleAfterDays: given, needsAssetNumber }, nowMs): Judgement {
    const { machines } = facts.measured;
    const servers = machines.filter(({ isRouter }) => !isRouter);
    if (servers.length === 0) return lookedAtAgain(unknown('no-server'), nowMs);
    const staleAfterDays = typeof given === 'number' && given > 0 ? given : defaultStaleAfterDays;
    const rows = entriesOfDepartment(facts, 'hardware');
    const wrong = wrongInRegister(rows, machines, { needsAssetNumber: needsAssetNumber === true, nowMs });
    if (wrong !== undefined) return lookedAtAgain(wrong, nowMs);
    const oldestMs = nowMs - staleAfterDays * dayMs;
    const missing = servers.filter(({ inventoryAtMs }) => (inventoryAtMs ?? -Infinity) < oldestMs);
    if (missing.length > 0) {
      const reasonArgs = { nodes: nodesOf(missing), staleAfterDays };
      // Whatever was wrong in the register was looked at, and is right.
      return lookedAtAgain({ ...unknown('inventory-missing', reasonArgs), endsBreach: true }, nowMs);
    }
    return lookedAtAgain(complete({ rows, servers, machines, staleAfterDays }), nowMs);
  },
};

function nodesOf(machines: readonly MachineView[]): string {
  return namesOf(machines.map(({ node }) => node));
}

/** An empty register accuses nobody: it is not kept yet. */
function wrongInRegister(
  rows: readonly RegisterEntry[],
  machines: DepartmentSubjectFacts['measured']['machines'],
  { needsAssetNumber, nowMs }: { needsAssetNumber: boolean; nowMs: number },
): Judgement | undefined {
  if (rows.length === 0) return undefined;
  const named = new Set(rows.map((row) => textIn(row, 'node')));
  const absent = machines.filter(({ node }) => !named.has(node));
  const finding = { status: 'breached', exceeded: 'finding', sinceAtMs: nowMs } as const;
  if (absent.length > 0) {
    const reasonArgs = { nodes: nodesOf(absent) };
    return { ...finding, reasonCode: 'not-in-register', reasonArgs, evidence: recordsOf(absent) };
  }
  const unnumbered = needsAssetNumber ? rows.filter((row) => textIn(row, 'assetNumber') === undefined) : [];
  if (unnumbered.length === 0) return undefined;
  const reasonArgs = { names: namesOf(unnumbered.map((row) => textIn(row, 'name') ?? row.id)) };
  return { ...finding, reasonCode: 'no-asset-number', reasonArgs, evidence: referencesOf(unnumbered) };
}

function referencesOf(rows: readonly RegisterEntry[]): Judgement['evidence'] {
  return rows.slice(0, mostReferences).map(({ reference }) => reference);
}

function complete(given: {
  rows: readonly RegisterEntry[];
  servers: readonly MachineView[];
  machines: readonly MachineView[];
  staleAfterDays: number;
}): Judgement {
  const { rows, servers, machines, staleAfterDays } = given;
  const records = recordsOf(servers);
  if (rows.length === 0) {
    const reasonArgs = { machineCount: servers.length, staleAfterDays };
    return { status: 'compliant', reasonCode: 'inventoried', reasonArgs, evidence: records };
  }
  const reasonArgs = { machineCount: machines.length, staleAfterDays };
  return { status: 'compliant', reasonCode: 'registered', reasonArgs, evidence: [...referencesOf(rows), ...records] };
}
