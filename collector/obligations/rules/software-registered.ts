import type { DepartmentRule, DepartmentSubjectFacts, Judgement } from '../rule.ts';
import type { RegisterEntry } from '../register-view.ts';
import { nothingEntered, recheckOn } from './registers/due.ts';
import { dayIn, entriesOfDepartment, textIn } from './registers/entries.ts';

/** So many things are named in a sentence; the rest is counted. */
const namedCount = 3;

/**
 * Software that the department uses is registered at Diskominfo. Agents see databases and web roots, not programs by the
 * name under which people register them: what is compared is that a server on which such things run has software
 * registered for it. Which program holds which database is not guessed.
 */
export const softwareRegistered: DepartmentRule = {
  name: 'software-registered',
  docs: 'All software in the register has a registration number, and no server with a database or web root is without.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'info',
  params: {},
  evidence: {
    id: 'Entri pada register perangkat lunak: nama, jenis, server tempatnya berjalan (node), nomor dan tanggal pendaftaran pada Diskominfo.',
    en: 'An entry in the register of software: name, kind, the server on which it runs (node), number and date of its registration at Diskominfo.',
  },
  headlines: {
    'not-registered': {
      id: 'Ada perangkat lunak yang belum terdaftar',
      en: 'There is software that is not registered',
    },
  },
  reasons: {
    'none-registered': {
      id: 'Belum ada perangkat lunak Perangkat Daerah ini yang tercatat dalam register perangkat lunak.',
      en: 'No software of the department is entered in the register of software.',
    },
    'without-number': {
      id: 'Nomor pendaftaran perangkat lunak belum diisi: {things}. Entri tanpa nomor: {thingCount}.',
      en: 'Software is entered without its registration number: {things}. Entries without one: {thingCount}.',
    },
    'not-registered': {
      id: 'Di server {nodes} ditemukan basis data atau situs web, sedangkan register perangkat lunak tidak memuat perangkat lunak untuk server itu: {things}. Bila sudah terdaftar, cantumkan nama servernya (node) pada entrinya.',
      en: 'On {nodes} a database or a web site was found, and the register of software names none for that server: {things}. If it is registered, name the server (node) at its entry.',
    },
    registered: {
      id: 'Seluruh {thingCount} perangkat lunak yang tercatat memiliki nomor pendaftaran, dan setiap server dengan basis data atau situs web memiliki perangkat lunak terdaftar.',
      en: 'All {thingCount} entries of software have a registration number, and every server with a database or a web site has registered software.',
    },
  },
  judge(facts, _params, nowMs): Judgement {
    const entries = entriesOfDepartment(facts, 'software');
    if (entries.length === 0) return nothingEntered('none-registered', facts);
    const references = entries.map(({ reference }) => reference);
    const again = recheckOn(
      entries.map((entry) => dayIn(entry, 'registeredOn')),
      facts,
    );
    const bare = uncovered(facts, entries);
    if (bare.length > 0) {
      return {
        status: 'breached',
        exceeded: 'finding',
        sinceAtMs: nowMs,
        reasonCode: 'not-registered',
        reasonArgs: { nodes: bare.map(({ node }) => node).join(', '), things: named(bare.flatMap(thingsOn)) },
        evidence: [...bare.map(({ record }) => record), ...references],
        ...again,
      };
    }
    const unnumbered = entries.filter((entry) => !isRegistered(entry, facts));
    if (unnumbered.length > 0) {
      const things = named(unnumbered.map((entry) => textIn(entry, 'name') ?? '-').toSorted());
      const reasonArgs = { things, thingCount: unnumbered.length };
      const evidence = unnumbered.map(({ reference }) => reference);
      return { status: 'no-evidence', reasonCode: 'without-number', reasonArgs, evidence, endsBreach: true, ...again };
    }
    const evidence = [...references, ...facts.nodes.map(({ record }) => record)];
    const reasonArgs = { thingCount: entries.length };
    return { status: 'compliant', reasonCode: 'registered', reasonArgs, evidence, ...again };
  },
};

function isRegistered(entry: RegisterEntry, { today }: DepartmentSubjectFacts): boolean {
  return textIn(entry, 'registrationNumber') !== undefined && (dayIn(entry, 'registeredOn') ?? today) <= today;
}

/** Servers with something that software put there, and for which none is registered. */
function uncovered(facts: DepartmentSubjectFacts, entries: readonly RegisterEntry[]): DepartmentSubjectFacts['nodes'] {
  const named = new Set(entries.map((entry) => textIn(entry, 'node')));
  // An entry that names no server may be about any.
  if (named.has(undefined)) return [];
  return facts.nodes
    .filter((node) => thingsOn(node).length > 0 && !named.has(node.node))
    .toSorted((a, b) => (a.node < b.node ? -1 : 1));
}

function thingsOn({ valuables }: DepartmentSubjectFacts['nodes'][number]): string[] {
  return valuables
    .filter(({ kind }) => kind === 'database' || kind === 'web-root')
    .map(({ node, name }) => `${node}: ${name}`)
    .toSorted();
}

function named(things: readonly string[]): string {
  const rest = things.length > namedCount ? ' …' : '';
  return `${things.slice(0, namedCount).join('; ')}${rest}`;
}
