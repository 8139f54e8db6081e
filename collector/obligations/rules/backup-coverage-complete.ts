import type { DepartmentRule, DepartmentSubjectFacts, Judgement, ValuableView } from '../rule.ts';

/** So many things are named in a sentence; the rest is counted. */
const namedCount = 3;

/**
 * Nothing of value is left out: the department has registered datasets, and each of its servers on which a database, a
 * web root or a guest was found backs up at least one. Which dataset holds which database is not guessed.
 */
export const backupCoverageComplete: DepartmentRule = {
  name: 'backup-coverage-complete',
  docs: 'The department has datasets, and every server with a database, web root or guest backs up one of them.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'warning',
  params: {},
  evidence: {
    id: 'Himpunan data terdaftar dalam konfigurasi, dan inventaris agen pada setiap server yang memuat basis data, situs web, atau mesin virtual.',
    en: 'Datasets in the configuration, and the inventory of the agent on every server with a database, a web site or a guest.',
  },
  headlines: {
    'no-dataset': { id: 'Belum ada himpunan data yang terdaftar', en: 'No dataset is registered' },
    'not-covered': { id: 'Ada data yang tidak tercakup pencadangan', en: 'There is data that no backup covers' },
    'not-covered-more': { id: 'Ada data yang tidak tercakup pencadangan', en: 'There is data that no backup covers' },
  },
  reasons: {
    'no-dataset': {
      id: 'Belum terdaftar: Perangkat Daerah ini belum mendaftarkan himpunan data apa pun untuk dicadangkan.',
      en: 'Not registered: this department has registered no dataset for backup.',
    },
    'not-covered': {
      id: 'Ditemukan data di server yang tidak tercakup himpunan data mana pun: {things}. Bila sudah dicadangkan, cantumkan nama servernya (node) pada himpunan data yang memuatnya.',
      en: 'Data was found on servers that no dataset covers: {things}. If it is backed up, name the server (node) at the dataset that holds it.',
    },
    'not-covered-more': {
      id: 'Ditemukan data di server yang tidak tercakup himpunan data mana pun: {things}, dan {otherCount} lainnya. Bila sudah dicadangkan, cantumkan nama servernya (node) pada himpunan data yang memuatnya.',
      en: 'Data was found on servers that no dataset covers: {things}, and {otherCount} others. If it is backed up, name the server (node) at the dataset that holds it.',
    },
    'no-inventory': {
      id: 'Himpunan data sudah terdaftar, tetapi belum ada server yang melaporkan inventarisnya, sehingga kelengkapannya belum dapat dinilai.',
      en: 'Datasets are registered, but no server has reported its inventory yet, so that nothing can be said of completeness.',
    },
    covered: {
      id: 'Setiap server yang melaporkan basis data, situs web, atau mesin virtual mencadangkan sedikitnya satu himpunan data; isi tiap himpunan data tidak diperiksa.',
      en: 'Every server that reports a database, a web site or a virtual machine backs up at least one dataset; what each dataset holds is not checked.',
    },
  },
  judge(facts, _params, nowMs): Judgement {
    if (facts.datasetCount === 0) {
      return { ...found(nowMs), reasonCode: 'no-dataset', reasonArgs: {}, evidence: recordsOf(facts.nodes) };
    }
    const uncovered = facts.nodes.filter(({ valuables, datasets }) => valuables.length > 0 && datasets.length === 0);
    if (uncovered.length > 0) return { ...found(nowMs), ...notCovered(uncovered) };
    if (facts.nodes.length === 0) {
      return { status: 'no-evidence', reasonCode: 'no-inventory', reasonArgs: {}, evidence: [], endsBreach: true };
    }
    return { status: 'compliant', reasonCode: 'covered', reasonArgs: {}, evidence: recordsOf(facts.nodes) };
  },
};

function found(nowMs: number): Pick<Judgement, 'status' | 'exceeded' | 'sinceAtMs'> {
  return { status: 'breached', exceeded: 'finding', sinceAtMs: nowMs };
}

function notCovered(nodes: DepartmentSubjectFacts['nodes']): Pick<Judgement, 'reasonCode' | 'reasonArgs' | 'evidence'> {
  const all = nodes.flatMap(({ valuables }) => valuables);
  const things = all.map(nameOf).toSorted().slice(0, namedCount).join('; ');
  const otherCount = all.length - namedCount;
  const evidence = recordsOf(nodes);
  return otherCount > 0
    ? { reasonCode: 'not-covered-more', reasonArgs: { things, otherCount }, evidence }
    : { reasonCode: 'not-covered', reasonArgs: { things }, evidence };
}

function nameOf({ node, name, path }: ValuableView): string {
  return path === undefined ? `${node}: ${name}` : `${node}: ${name} (${path})`;
}

function recordsOf(nodes: DepartmentSubjectFacts['nodes']): Judgement['evidence'] {
  return nodes.map(({ record }) => record);
}
