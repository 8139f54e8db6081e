import type { ReasonText } from '../obligations/rule.ts';

/** What an entry of the register `record` is about. */
export interface Topic {
  name: string;
  /** As the middle of a sentence: it begins in small letters. */
  title: ReasonText;
}

/**
 * Everything that is kept and has no register of its own. A duty names one by the parameter `topic` of the rules
 * `record-kept` (of the Pemda as a whole) and `department-record-kept`.
 */
export const topics: readonly Topic[] = [
  topic('access-review', 'reviu hak akses dan klasifikasi data', 'the review of access rights and of classified data'),
  topic('action-plan', 'rencana aksi Perangkat Daerah', 'the action plan of the department'),
  topic('architecture-conformity', 'kesesuaian dengan Arsitektur SPBE', 'conformity with the SPBE architecture'),
  topic('authenticity', 'mekanisme verifikasi dan validasi keaslian', 'the means of verifying authenticity'),
  topic('cable-label', 'pemeriksaan label kabel data', 'the check of labels on data cables'),
  topic('capacity', 'kebutuhan dan anggaran sumber daya TIK', 'the need of ICT resources and their budget'),
  topic('change', 'pemantauan dan evaluasi perubahan', 'the watch over changes'),
  topic('coordination', 'koordinasi penyelenggaraan SPBE', 'the coordination of SPBE'),
  topic('data-classification', 'status kerahasiaan data', 'the confidentiality of data'),
  topic('data-owner-consent', 'persetujuan pemilik data', 'the consent of the owner of the data'),
  topic('drc-plan', 'rencana pemulihan pasca bencana', 'the plan for recovery from a disaster'),
  topic('email-domain', 'pemakaian surel berdomain resmi', 'the use of e-mail under the official domain'),
  topic(
    'evidence-export',
    'penyerahan bukti dukung kepada asesor atau auditor',
    'evidence handed to assessors or auditors',
  ),
  topic('general-application', 'penggunaan Aplikasi Umum', 'the use of general applications'),
  topic('hardware-fit', 'kelaikan dan spesifikasi perangkat keras', 'the fitness and specification of hardware'),
  topic('hardware-spare-parts', 'jaminan ketersediaan suku cadang', 'the guarantee of spare parts'),
  topic('incident-handling', 'prosedur pencegahan dan penanggulangan gangguan', 'the procedure against disturbances'),
  topic('internet-use', 'pengendalian pemanfaatan internet', 'the control of the use of the internet'),
  topic('interoperability', 'pemenuhan standar interoperabilitas', 'conformity with the standard of interoperability'),
  topic('ip-routing', 'pencatatan alamat IP dan routing', 'the record of IP addresses and routing'),
  topic('lan-operator', 'penetapan operator jaringan lokal', 'who runs the local network'),
  topic('local-rule', 'peraturan pelaksana atau pedoman daerah', 'the local rules that carry this out'),
  topic('maintenance', 'pemeliharaan infrastruktur', 'the maintenance of infrastructure'),
  topic('operator-assignment', 'penugasan sumber daya manusia TIK', 'the assignment of ICT staff'),
  topic(
    'procurement-recommendation',
    'rekomendasi pengadaan perangkat',
    'the recommendation before equipment is bought',
  ),
  topic('raci', 'pemetaan matriks RACI', 'the RACI matrix'),
  topic('responsible-party', 'penetapan penanggung jawab', 'who is answerable'),
  topic('risk-review', 'pemantauan dan evaluasi risiko', 'the review of risks'),
  topic('security-consultation', 'konsultasi masalah keamanan', 'advice that was sought on security'),
  topic('security-measure', 'penerapan pengamanan informasi', 'measures of information security'),
  topic('security-performance', 'evaluasi kinerja keamanan informasi', 'the evaluation of information security'),
  topic('security-standard', 'pemenuhan standar teknis keamanan', 'conformity with the technical standard of security'),
  topic('service-catalogue', 'katalog layanan', 'the catalogue of services'),
  topic('service-desk', 'pembentukan meja layanan', 'the founding of a service desk'),
  topic('shared-infrastructure', 'pemanfaatan infrastruktur bagi pakai', 'the use of shared infrastructure'),
  topic('software-security', 'keamanan dan keandalan perangkat lunak', 'the security and reliability of software'),
  topic('sop', 'prosedur operasional standar', 'the standard operating procedure'),
  topic('spl-operation-clearance', 'pertimbangan kelaikan operasi SPL', 'the clearance of the SPL for operation'),
  topic('spl-security-clearance', 'pertimbangan kelaikan keamanan SPL', 'the clearance of the SPL for security'),
  topic(
    'standard',
    'pemenuhan Standar Nasional Indonesia atau standar lain',
    'conformity with a national or other standard',
  ),
  topic(
    'stored-backup-protection',
    'pelindungan data cadangan di Pusat Data',
    'the protection of backups in the Pusat Data',
  ),
  topic('vendor', 'kerja sama dengan penyedia', 'contracts with providers'),
  topic('vps', 'penyediaan VPS bagi Perangkat Daerah', 'virtual servers provided for departments'),
  topic('website-content', 'pemutakhiran isi situs web', 'the freshness of what the website holds'),
];

function topic(name: string, id: string, en: string): Topic {
  return { name, title: { id, en } };
}

export function topicNamed(name: string): Topic | undefined {
  return topics.find((known) => known.name === name);
}
