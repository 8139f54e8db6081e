import type { ReasonText } from '../../rule.ts';

/** What can be said of the backups of a dataset. Sentences name what was seen, never more. */
export const backupReasons = {
  'no-dataset': {
    id: 'Belum ada himpunan data yang didaftarkan untuk dicadangkan.',
    en: 'No dataset is registered for backup.',
  },
  'not-yet-due': {
    id: 'Belum ada cadangan; cadangan pertama ditunggu paling lambat {deadlineAtMs}.',
    en: 'There is no backup yet; the first one is awaited until {deadlineAtMs}.',
  },
  'awaiting-arrival': {
    id: 'Pekerjaan pencadangan melaporkan berhasil pada {completedAtMs}; kedatangannya di Pusat Data ditunggu paling lambat {deadlineAtMs}.',
    en: 'The backup job reported success on {completedAtMs}; its arrival in the Pusat Data is awaited until {deadlineAtMs}.',
  },
  'awaiting-reports': {
    id: 'Cadangan seharusnya sudah ada paling lambat {deadlineAtMs}; laporan agen yang tertahan masih ditunggu.',
    en: 'A backup should have been there by {deadlineAtMs}; reports of the agent that were held up are still awaited.',
  },
  'vault-not-configured': {
    id: 'Menurut laporan agen, cadangan terakhir selesai {completedAtMs}, tetapi penyimpanan di Pusat Data belum didaftarkan sehingga kedatangannya tidak dapat diperiksa.',
    en: 'By the word of the agent the last backup was completed on {completedAtMs}, but no vault in the Pusat Data is configured, so its arrival cannot be checked.',
  },
  'vault-not-read': {
    id: 'Menurut laporan agen, cadangan terakhir selesai {completedAtMs}, tetapi pembaca penyimpanan di Pusat Data tidak melapor sehingga kedatangannya tidak dapat diperiksa.',
    en: 'By the word of the agent the last backup was completed on {completedAtMs}, but the reader of the vault in the Pusat Data does not report, so its arrival cannot be checked.',
  },
  'backup-fresh': {
    id: 'Menurut laporan agen, cadangan terakhir selesai {lastSuccessAtMs}; kedatangannya di Pusat Data tidak disyaratkan untuk himpunan data ini.',
    en: 'By the word of the agent the last backup was completed on {lastSuccessAtMs}; its arrival in the Pusat Data is not demanded of this dataset.',
  },
  'backup-arrived': {
    id: 'Cadangan terakhir selesai {lastSuccessAtMs} dan sudah ada di Pusat Data sejak {arrivedAtMs} (dikenali dari {matchedBy}).',
    en: 'The last backup was completed on {lastSuccessAtMs} and has been in the Pusat Data since {arrivedAtMs} (recognised by {matchedBy}).',
  },
  'backup-out-of-sight': {
    id: 'Cadangan terakhir selesai {lastSuccessAtMs} dan sampai di Pusat Data {arrivedAtMs}, tetapi tidak terlihat pada pembacaan terakhir. Bila belum ditemukan kembali sampai {missedAtMs}, cadangan itu dinyatakan hilang.',
    en: 'The last backup was completed on {lastSuccessAtMs} and arrived in the Pusat Data on {arrivedAtMs}, but the last look did not see it. It counts as gone if it has not turned up again by {missedAtMs}.',
  },
  'backup-arrived-late': {
    id: 'Cadangan terakhir selesai {lastSuccessAtMs} dan sudah ada di Pusat Data, tetapi baru tiba {arrivedAtMs}, setelah batas {arrivalDeadlineAtMs}.',
    en: 'The last backup was completed on {lastSuccessAtMs} and is in the Pusat Data, but it only arrived on {arrivedAtMs}, after {arrivalDeadlineAtMs}.',
  },
  'backup-intact': {
    id: 'Cadangan terakhir selesai {lastSuccessAtMs}, ada di Pusat Data, dan isinya sudah dibaca ulang tanpa selisih.',
    en: 'The last backup was completed on {lastSuccessAtMs}, is in the Pusat Data, and its bytes were read again without a difference.',
  },
  'backup-restorable': {
    id: 'Cadangan terakhir selesai {lastSuccessAtMs}, ada di Pusat Data, dan uji pemulihan terakhir berhasil.',
    en: 'The last backup was completed on {lastSuccessAtMs}, is in the Pusat Data, and the last restore test passed.',
  },
  'job-failed': {
    id: 'Pekerjaan pencadangan gagal pada {failedAtMs}: {jobReason}.',
    en: 'The backup job failed on {failedAtMs}: {jobReason}.',
  },
  'run-too-long': {
    id: 'Pekerjaan pencadangan dimulai {startedAtMs} dan belum selesai; batas lamanya {longestRunSeconds} detik.',
    en: 'The backup job began on {startedAtMs} and has not ended; it may take {longestRunSeconds} seconds.',
  },
  'never-started': {
    id: 'Belum pernah ada tanda bahwa pencadangan dijalankan; cadangan seharusnya sudah ada paling lambat {deadlineAtMs}.',
    en: 'There has never been a sign of a backup run; a backup should have been there by {deadlineAtMs}.',
  },
  'never-succeeded': {
    id: 'Belum pernah ada cadangan yang berhasil; seharusnya sudah ada paling lambat {deadlineAtMs}.',
    en: 'No backup has ever succeeded; one should have been there by {deadlineAtMs}.',
  },
  'backup-overdue': {
    id: 'Cadangan terlambat: cadangan terakhir selesai {lastSuccessAtMs}, cadangan berikutnya ditunggu paling lambat {deadlineAtMs}.',
    en: 'The backup is overdue: the last one was completed on {lastSuccessAtMs}, the next was awaited until {deadlineAtMs}.',
  },
  'backup-overdue-other-zone': {
    id: 'Cadangan terlambat karena jadwal di server tampaknya memakai zona waktu {zone}: cadangan terakhir selesai {lastSuccessAtMs}, ditunggu paling lambat {deadlineAtMs}.',
    en: 'The backup is overdue because the job on the server seems to run in the time zone {zone}: the last one was completed on {lastSuccessAtMs}, the next was awaited until {deadlineAtMs}.',
  },
  'backup-overdue-clock': {
    id: 'Cadangan terlambat dan jam server meleset {clockErrorSeconds} detik: cadangan terakhir selesai {lastSuccessAtMs}, ditunggu paling lambat {deadlineAtMs}.',
    en: 'The backup is overdue and the clock of the server is wrong by {clockErrorSeconds} seconds: the last one was completed on {lastSuccessAtMs}, the next was awaited until {deadlineAtMs}.',
  },
  'backup-overdue-agent-silent': {
    id: 'Cadangan terlambat dan agen tidak melapor: cadangan terakhir yang diketahui selesai {lastSuccessAtMs}, berikutnya ditunggu paling lambat {deadlineAtMs}.',
    en: 'The backup is overdue and the agent is silent: the last one known was completed on {lastSuccessAtMs}, the next was awaited until {deadlineAtMs}.',
  },
  'backup-overdue-cannot-look': {
    id: 'Cadangan terlambat dan agen tidak dapat memeriksanya: {lookReason}. Cadangan ditunggu paling lambat {deadlineAtMs}.',
    en: 'The backup is overdue and the agent cannot look for it: {lookReason}. It was awaited until {deadlineAtMs}.',
  },
  'backup-empty': {
    id: 'Cadangan terbaru kosong, meskipun pekerjaannya melaporkan berhasil pada {completedAtMs}.',
    en: 'The newest backup is empty, although its job reported success on {completedAtMs}.',
  },
  'backup-too-small': {
    id: 'Cadangan terbaru terlalu kecil ({newestSizeBytes}; paling sedikit {minimumSizeBytes}).',
    en: 'The newest backup is too small ({newestSizeBytes}; at least {minimumSizeBytes}).',
  },
  'not-arrived': {
    id: 'Pekerjaan pencadangan melaporkan berhasil pada {completedAtMs}, tetapi cadangannya tidak ada di Pusat Data sampai {deadlineAtMs}.',
    en: 'The backup job reported success on {completedAtMs}, but the backup was not in the Pusat Data by {deadlineAtMs}.',
  },
  'arrival-truncated': {
    id: 'Cadangan yang tiba di Pusat Data terpotong: {arrivedSizeBytes} dari {claimedSizeBytes}.',
    en: 'The backup that arrived in the Pusat Data is cut off: {arrivedSizeBytes} of {claimedSizeBytes}.',
  },
  'arrival-mismatch': {
    id: 'Cadangan di Pusat Data tidak sama dengan yang dilaporkan Perangkat Daerah (selesai {completedAtMs}): {difference}.',
    en: 'The backup in the Pusat Data is not the one that the department reported (completed on {completedAtMs}): {difference}.',
  },
  'arrival-gone': {
    id: 'Cadangan yang selesai {completedAtMs} pernah ada di Pusat Data, tetapi sekarang tidak ada lagi.',
    en: 'The backup that was completed on {completedAtMs} was in the Pusat Data and is not there any more.',
  },
  'damaged-in-vault': {
    id: 'Isi cadangan di Pusat Data rusak: {damagedCount} berkas tidak lagi sama dengan isi semula ({damagedNames}).',
    en: 'Backups in the Pusat Data are damaged: {damagedCount} files are not what they were ({damagedNames}).',
  },
  'not-verified': {
    id: 'Cadangan yang selesai {completedAtMs} ada di Pusat Data, tetapi isi penyimpanannya belum seluruhnya dibaca ulang dalam dua kali {coverDays} hari terakhir.',
    en: 'The backup that was completed on {completedAtMs} is in the Pusat Data, but what is stored there was not all read again within the last two times {coverDays} days.',
  },
  'not-restorable': {
    id: 'Cadangan yang selesai {completedAtMs} ada di Pusat Data, tetapi tidak ada uji pemulihan yang berhasil dalam jangka waktunya.',
    en: 'The backup that was completed on {completedAtMs} is in the Pusat Data, but no restore test passed within its period.',
  },
  'arrived-unclaimed': {
    id: 'Ada cadangan baru di Pusat Data ({objectName}, tiba {arrivedAtMs}), tetapi agen tidak melaporkan pencadangan apa pun.',
    en: 'There is a new backup in the Pusat Data ({objectName}, arrived {arrivedAtMs}), but the agent reported none.',
  },
  'partial-success': {
    id: 'Cadangan terakhir selesai {completedAtMs}, tetapi hanya berhasil sebagian: {jobReason}.',
    en: 'The last backup was completed on {completedAtMs}, but it succeeded in part only: {jobReason}.',
  },
  'backup-shrunk': {
    id: 'Cadangan terakhir menyusut: {newestSizeBytes}, biasanya sekitar {medianSizeBytes}.',
    en: 'The last backup has shrunk: {newestSizeBytes}, usually about {medianSizeBytes}.',
  },
  'backup-grown': {
    id: 'Cadangan terakhir membesar tidak seperti biasanya: {newestSizeBytes}, biasanya sekitar {medianSizeBytes}.',
    en: 'The last backup has grown unusually: {newestSizeBytes}, usually about {medianSizeBytes}.',
  },
  'too-few-copies': {
    id: 'Hanya {copyCount} cadangan yang tersimpan di Pusat Data; pengaturan meminta paling sedikit {keepCopies}.',
    en: 'Only {copyCount} backups are kept in the Pusat Data; the setting asks for at least {keepCopies}.',
  },
  'agent-clock-off': {
    id: 'Cadangan ada, tetapi jam server meleset {clockErrorSeconds} detik sehingga waktu pencadangan tidak dapat diandalkan.',
    en: 'The backup is there, but the clock of the server is wrong by {clockErrorSeconds} seconds, so that its times cannot be relied upon.',
  },
} as const satisfies Record<string, ReasonText>;

export type BackupReason = keyof typeof backupReasons;
