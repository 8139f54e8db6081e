import type { ReasonText } from '../obligations/rule.ts';

/** What was wrong with a backup or its restore test, for rules that have no headlines: without what changes by the day. */
export const reasonCauses: Readonly<Record<string, ReasonText>> = {
  'job-failed': { id: 'pekerjaan pencadangan gagal', en: 'the backup job failed' },
  'run-too-long': { id: 'pekerjaan pencadangan tidak kunjung selesai', en: 'the backup job did not end in time' },
  'never-started': { id: 'pencadangan belum pernah dijalankan', en: 'no backup was ever run' },
  'never-succeeded': { id: 'pencadangan belum pernah berhasil', en: 'no backup ever succeeded' },
  'backup-overdue': { id: 'cadangan terlambat', en: 'the backup is overdue' },
  'backup-overdue-other-zone': {
    id: 'cadangan terlambat, jadwal di server memakai zona waktu lain',
    en: 'the backup is overdue, the job runs in another time zone',
  },
  'backup-overdue-clock': {
    id: 'cadangan terlambat, jam server meleset',
    en: 'the backup is overdue, the clock of the server is wrong',
  },
  'backup-overdue-agent-silent': {
    id: 'cadangan terlambat, agen tidak melapor',
    en: 'the backup is overdue, the agent is silent',
  },
  'backup-overdue-cannot-look': {
    id: 'cadangan terlambat, agen tidak dapat memeriksanya',
    en: 'the backup is overdue, the agent cannot look for it',
  },
  'backup-empty': { id: 'cadangan terbaru kosong', en: 'the newest backup is empty' },
  'backup-too-small': { id: 'cadangan terbaru terlalu kecil', en: 'the newest backup is too small' },
  'not-arrived': { id: 'cadangan tidak sampai di Pusat Data', en: 'the backup did not arrive in the Pusat Data' },
  'arrival-truncated': { id: 'cadangan di Pusat Data terpotong', en: 'the backup in the Pusat Data is cut off' },
  'arrival-mismatch': {
    id: 'cadangan di Pusat Data tidak sama dengan yang dilaporkan',
    en: 'the backup in the Pusat Data is not the one that was reported',
  },
  'arrival-gone': {
    id: 'cadangan tidak ada lagi di Pusat Data',
    en: 'the backup is not in the Pusat Data any more',
  },
  'damaged-in-vault': { id: 'isi cadangan di Pusat Data rusak', en: 'backups in the Pusat Data are damaged' },
  'not-verified': {
    id: 'isi cadangan belum seluruhnya dibaca ulang',
    en: 'the bytes of the backups were not all read again',
  },
  'not-restorable': { id: 'belum ada uji pemulihan yang berhasil', en: 'no restore test passed in time' },
  'partial-success': { id: 'cadangan hanya berhasil sebagian', en: 'the backup succeeded in part only' },
  'backup-shrunk': { id: 'cadangan menyusut', en: 'the backup has shrunk' },
  'backup-grown': { id: 'cadangan membesar tidak seperti biasanya', en: 'the backup has grown unusually' },
  'never-tested': { id: 'pemulihan belum pernah diuji', en: 'a restore was never tested' },
  'test-overdue': { id: 'uji pemulihan terlambat', en: 'the restore test is overdue' },
  'test-failed': { id: 'uji pemulihan gagal', en: 'the restore test failed' },
};
