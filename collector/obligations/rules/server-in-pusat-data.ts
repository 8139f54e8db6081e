import { mandiriTikOf } from '../mandiri-tik.ts';
import type { DepartmentRule, DepartmentSubjectFacts, Judgement, MachineView } from '../rule.ts';
import { lookedAtAgain, namesOf, recordsOf, serversOf, unknown } from './measured/say.ts';
import { entriesOfDepartment, textIn } from './registers/entries.ts';
import { validNow } from './registers/validity.ts';

/**
 * The servers of the department stand in the Pusat Data, or elsewhere with an approval. Only servers with an agent are
 * seen. A regulation may let a Perangkat Daerah Mandiri TIK run its own (`mandiriTikExempt`); that lifts where they
 * stand, and nothing else.
 */
export const serverInPusatData: DepartmentRule = {
  name: 'server-in-pusat-data',
  docs: 'Every server of the department that has an agent is connected at the Pusat Data.',
  subject: 'department',
  incidentKind: 'register',
  severity: 'info',
  params: {
    mandiriTikExempt: { default: false, docs: 'a Perangkat Daerah Mandiri TIK may run its own servers' },
  },
  evidence: {
    id: 'Alamat jaringan yang dilaporkan agen di server itu sendiri, dibandingkan dengan subnet lokasi Diskominfo (tempat Pusat Data); atau persetujuan penempatan (jenis server, tempat luar) dalam register.',
    en: 'The addresses that the agent on the server itself reports, compared with the subnets of the sites of Diskominfo (the Pusat Data); or an approval in the register of hosting (kind server, place luar).',
  },
  headlines: { elsewhere: { id: 'Server berada di luar Pusat Data', en: 'A server stands outside the Pusat Data' } },
  reasons: {
    'in-pusat-data': {
      id: 'Semua server beragen milik Perangkat Daerah ini tersambung di Pusat Data: {nodes}.',
      en: 'All servers of this department that have an agent are connected at the Pusat Data: {nodes}.',
    },
    elsewhere: {
      id: 'Server {nodes} berada di luar Pusat Data menurut alamat jaringannya.',
      en: 'The server {nodes} stands outside the Pusat Data, by its addresses.',
    },
    'approved-elsewhere': {
      id: 'Server {nodes} berada di luar Pusat Data dengan persetujuan surat Nomor {number}.',
      en: 'The server {nodes} stands outside the Pusat Data with the approval of letter number {number}.',
    },
    'mandiri-tik': {
      id: 'Perangkat Daerah Mandiri TIK dapat memiliki dan mengelola servernya sendiri, sehingga tempatnya tidak dinilai.',
      en: 'A Perangkat Daerah Mandiri TIK may own and run its server, so where it stands is not judged.',
    },
    'place-unknown': {
      id: 'Tempat server {nodes} belum diketahui: daftarkan subnet lokasinya dan subnet Pusat Data (subnets), atau perbarui agennya agar melaporkan alamat jaringannya.',
      en: 'Where the server {nodes} stands is not known: register the networks of its site and of the Pusat Data (subnets), or let its agent report its addresses.',
    },
    'no-server': {
      id: 'Belum ada server beragen milik Perangkat Daerah ini yang pernah melapor.',
      en: 'No server of this department with an agent has ever reported.',
    },
  },
  judge(facts, { mandiriTikExempt }, nowMs): Judgement {
    const mandiri = mandiriTikOf(facts);
    if (mandiriTikExempt === true && mandiri.isMandiriTik) {
      const evidence = mandiri.entry === undefined ? [] : [mandiri.entry.reference];
      const said = { status: 'not-applicable' as const, reasonCode: 'mandiri-tik', reasonArgs: {}, evidence };
      return lookedAtAgain(said, nowMs);
    }
    return lookedAtAgain(judgePlaces(facts, nowMs), nowMs);
  },
};

function judgePlaces(facts: DepartmentSubjectFacts, nowMs: number): Judgement {
  const servers = serversOf(facts.measured.machines);
  const elsewhere = servers.filter(({ stands }) => stands === 'elsewhere');
  if (elsewhere.length > 0) return judgeElsewhere(elsewhere, facts, nowMs);
  const unsure = servers.filter(({ stands }) => stands === 'unknown');
  if (unsure.length > 0) return { ...unknown('place-unknown', namedArgs(unsure)), evidence: recordsOf(unsure) };
  if (servers.length === 0) return unknown('no-server');
  const evidence = recordsOf(servers);
  return { status: 'compliant', reasonCode: 'in-pusat-data', reasonArgs: namedArgs(servers), evidence };
}

function judgeElsewhere(servers: readonly MachineView[], facts: DepartmentSubjectFacts, nowMs: number): Judgement {
  const approvals = entriesOfDepartment(facts, 'hosting-approval').filter(
    (entry) => textIn(entry, 'kind') === 'server' && textIn(entry, 'place') === 'luar',
  );
  const approval = validNow(approvals, facts);
  if (approval !== undefined) {
    const reasonArgs = { ...namedArgs(servers), number: textIn(approval, 'number') ?? '-' };
    const evidence = [approval.reference, ...recordsOf(servers)];
    return { status: 'compliant', reasonCode: 'approved-elsewhere', reasonArgs, evidence };
  }
  const said = { reasonCode: 'elsewhere', reasonArgs: namedArgs(servers), evidence: recordsOf(servers) };
  return { status: 'breached', exceeded: 'finding', sinceAtMs: nowMs, ...said };
}

function namedArgs(servers: readonly MachineView[]): { nodes: string } {
  return { nodes: namesOf(servers.map(({ node }) => node)) };
}
