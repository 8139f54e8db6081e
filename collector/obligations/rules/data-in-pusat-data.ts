import { mandiriTikOf } from '../mandiri-tik.ts';
import type { DepartmentRule, DepartmentSubjectFacts, Judgement, MachineView } from '../rule.ts';
import { lookedAtAgain, namesOf, unknown } from './measured/say.ts';

type Node = DepartmentSubjectFacts['nodes'][number];

/**
 * What the department processes is stored in the Pusat Data: the databases, web roots and guests that agents found stand
 * on machines there. One regulation means the Pusat Data that the office itself manages (`managedBy`): then it is stored
 * as asked when it stands on the office's own machines, wherever those are. Only data on servers with an agent is seen.
 */
export const dataInPusatData: DepartmentRule = {
  name: 'data-in-pusat-data',
  docs: 'Databases, web roots and guests that were found stand on machines in the Pusat Data that the duty means.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'info',
  params: {
    managedBy: {
      default: 'diskominfo',
      docs: 'whose Pusat Data the duty means: diskominfo, or perangkat-daerah for that of the office itself',
    },
    mandiriTikExempt: { default: false, docs: 'a Perangkat Daerah Mandiri TIK may keep its data on its own servers' },
  },
  toldBy: { 'server-in-pusat-data': ['elsewhere'] },
  evidence: {
    id: 'Inventaris yang dilaporkan agen di tiap server (basis data, situs web, mesin virtual), dan tempat server itu menurut alamat jaringannya.',
    en: 'The inventory that the agent of each server reports (databases, web sites, virtual machines), and where that server stands by its addresses.',
  },
  headlines: {
    'data-elsewhere': { id: 'Data disimpan di luar Pusat Data', en: 'Data is kept outside the Pusat Data' },
  },
  reasons: {
    'data-in-pusat-data': {
      id: 'Data yang ditemukan di server {nodes} tersimpan di Pusat Data.',
      en: 'The data that was found on {nodes} is stored in the Pusat Data.',
    },
    'kept-by-office': {
      id: 'Data yang ditemukan tersimpan di server yang dikelola Perangkat Daerah ini sendiri: {nodes}.',
      en: 'The data that was found is stored on servers that this department manages itself: {nodes}.',
    },
    'data-elsewhere': {
      id: 'Ditemukan data di server {nodes} yang berada di luar Pusat Data.',
      en: 'Data was found on the server {nodes}, which stands outside the Pusat Data.',
    },
    'mandiri-tik': {
      id: 'Perangkat Daerah Mandiri TIK dapat menyimpan datanya di server sendiri, sehingga tempatnya tidak dinilai.',
      en: 'A Perangkat Daerah Mandiri TIK may keep its data on its own servers, so where it is stored is not judged.',
    },
    'place-unknown': {
      id: 'Tempat server {nodes}, yang menyimpan data, belum diketahui: daftarkan subnet lokasinya dan subnet Pusat Data (subnets).',
      en: 'Where the server {nodes}, which holds data, stands is not known: register the networks of its site and of the Pusat Data (subnets).',
    },
    'no-data-found': {
      id: 'Belum ditemukan basis data, situs web, atau mesin virtual di server beragen milik Perangkat Daerah ini.',
      en: 'No database, web site or virtual machine was found on servers of this department that have an agent.',
    },
    'no-inventory': {
      id: 'Belum ada server Perangkat Daerah ini yang melaporkan inventarisnya.',
      en: 'No server of this department has reported its inventory yet.',
    },
  },
  judge(facts, { managedBy, mandiriTikExempt }, nowMs): Judgement {
    const mandiri = mandiriTikOf(facts);
    if (mandiriTikExempt === true && mandiri.isMandiriTik) {
      const evidence = mandiri.entry === undefined ? [] : [mandiri.entry.reference];
      return lookedAtAgain({ status: 'not-applicable', reasonCode: 'mandiri-tik', reasonArgs: {}, evidence }, nowMs);
    }
    return lookedAtAgain(judgeNodes(facts, managedBy === 'perangkat-daerah', nowMs), nowMs);
  },
};

function judgeNodes({ nodes, measured }: DepartmentSubjectFacts, isOffices: boolean, nowMs: number): Judgement {
  if (nodes.length === 0) return unknown('no-inventory');
  const holding = nodes.filter(({ valuables }) => valuables.length > 0);
  if (holding.length === 0) return { ...unknown('no-data-found'), evidence: evidenceOf(nodes) };
  if (isOffices) return stored('kept-by-office', holding);
  const places = new Map(measured.machines.map(({ node, stands }) => [node, stands]));
  const at = (place: MachineView['stands']) => holding.filter(({ node }) => (places.get(node) ?? 'unknown') === place);
  const elsewhere = at('elsewhere');
  if (elsewhere.length > 0) {
    const said = { reasonCode: 'data-elsewhere', reasonArgs: namedArgs(elsewhere), evidence: evidenceOf(elsewhere) };
    return { status: 'breached', exceeded: 'finding', sinceAtMs: nowMs, ...said };
  }
  const unsure = at('unknown');
  if (unsure.length > 0) return { ...unknown('place-unknown', namedArgs(unsure)), evidence: evidenceOf(unsure) };
  return stored('data-in-pusat-data', holding);
}

function stored(reasonCode: string, holding: readonly Node[]): Judgement {
  return { status: 'compliant', reasonCode, reasonArgs: namedArgs(holding), evidence: evidenceOf(holding) };
}

function namedArgs(nodes: readonly Node[]): { nodes: string } {
  return { nodes: namesOf(nodes.map(({ node }) => node)) };
}

function evidenceOf(nodes: readonly Node[]): Judgement['evidence'] {
  return nodes.map(({ record }) => record);
}
