import type { DatasetRule, DatasetSubjectFacts, Judgement, VaultView } from '../rule.ts';

/**
 * Modification of what is kept would be found, and was not: everything in the vaults is read again in turns, and is what
 * it was when it came. What is not in a vault is not read.
 */
export const modificationDetected: DatasetRule = {
  name: 'modification-detected',
  docs: 'The backups of the dataset are read again in turns, and nothing in them is changed.',
  subject: 'dataset',
  incidentKind: 'backup',
  severity: 'warning',
  params: {},
  toldBy: {
    'backup-in-pusat-data': ['damaged-in-vault', 'arrival-mismatch'],
    'backup-recent': ['damaged-in-vault', 'arrival-mismatch'],
    'offsite-distance': ['copy-damaged'],
    'drc-replica-fresh': ['copy-damaged'],
  },
  evidence: {
    id: 'Laporan agen dengan peran vault bahwa seluruh isi cadangan telah dibaca ulang dan sama dengan isi semula (vaults, coverEvery).',
    en: 'Reports of an agent with the role vault that all backups were read again and are what they were (vaults, coverEvery).',
  },
  headlines: { modified: { id: 'Isi cadangan berubah', en: 'A backup was changed' } },
  reasons: {
    'no-dataset': {
      id: 'Belum ada himpunan data yang didaftarkan, sehingga tidak ada yang diperiksa keutuhannya.',
      en: 'No dataset is registered, so there is nothing whose integrity is checked.',
    },
    'not-monitored': {
      id: 'Keutuhan tidak diperiksa: belum ada tempat penyimpanan (pusatData.vaults atau drc.vaults) yang didaftarkan untuk dibaca ulang.',
      en: 'Integrity is not checked: no storage (pusatData.vaults or drc.vaults) is configured to be read again.',
    },
    'reader-silent': {
      id: 'Pembaca tempat penyimpanan tidak melapor atau tidak dapat membacanya, sehingga perubahan tidak akan terdeteksi.',
      en: 'The reader of the storage is silent or cannot read it, so a modification would not be found.',
    },
    'no-copy': {
      id: 'Belum ada cadangan di tempat penyimpanan yang dapat diperiksa keutuhannya.',
      en: 'There is no backup in the storage yet whose integrity could be checked.',
    },
    'not-read-again': {
      id: 'Isi tempat penyimpanan belum seluruhnya dibaca ulang dalam {coverDays} hari (jangka waktu bawaan aplikasi), sehingga keutuhannya belum terbukti.',
      en: 'The storage has not been read again as a whole within {coverDays} days (a default of the application), so its integrity is not proven yet.',
    },
    modified: {
      id: 'Perubahan terdeteksi: {damagedCount} berkas cadangan tidak lagi sama dengan isi semula ({damagedNames}).',
      en: 'A modification was found: {damagedCount} files of backups are not what they were ({damagedNames}).',
    },
    whole: {
      id: 'Seluruh cadangan dibaca ulang secara bergilir dan sama dengan isi semula; terakhir terbukti {wholeUntilAtMs}.',
      en: 'All backups are read again in turns and are what they were; proven last on {wholeUntilAtMs}.',
    },
  },
  judge(facts): Judgement {
    if (facts.dataset === undefined) return unknown('no-dataset');
    const places = [facts.pusatData, facts.drc].filter(({ state }) => state !== 'none');
    if (places.length === 0) return unknown('not-monitored');
    const modified = damagedIn(facts);
    if (modified !== undefined) return modified;
    if (places.some(({ state }) => state === 'silent')) return { ...unknown('reader-silent'), keepsBreach: true };
    return judgeWhole(places);
  },
};

function unknown(reasonCode: string, reasonArgs: Judgement['reasonArgs'] = {}): Judgement {
  return { status: 'no-evidence', reasonCode, reasonArgs, evidence: [] };
}

/** What was found damaged is so, whether its reader reports at the moment or not. */
function damagedIn({ pusatData, drc }: DatasetSubjectFacts): Judgement | undefined {
  const damaged = [pusatData, drc].flatMap(({ damaged: found }) => found ?? []);
  if (damaged.length === 0) return undefined;
  const names = damaged.flatMap(({ names: some }) => some);
  return {
    status: 'breached',
    exceeded: 'violation',
    reasonCode: 'modified',
    sinceAtMs: Math.min(...damaged.map(({ foundAtMs }) => foundAtMs)),
    reasonArgs: {
      damagedCount: damaged.reduce((total, { count }) => total + count, 0),
      damagedNames: names.slice(0, 3).join(', ').slice(0, 300),
    },
    evidence: damaged.map(({ record }) => record),
  };
}

const daySeconds = 86_400;

/** Each place is read by itself: all of those that are configured must be whole. */
function judgeWhole(places: readonly VaultView[]): Judgement {
  const kept = places.flatMap(({ newest, wholeUntilMs, coverSeconds = 0 }) =>
    newest === undefined ? [] : [{ wholeUntilMs, coverSeconds, record: newest.record }],
  );
  if (kept.length === 0) return unknown('no-copy');
  const unread = kept.filter(({ wholeUntilMs }) => wholeUntilMs === undefined);
  if (unread.length > 0) {
    const longestSeconds = Math.max(...unread.map(({ coverSeconds }) => coverSeconds));
    const coverDays = Math.round((longestSeconds / daySeconds) * 10) / 10;
    return { ...unknown('not-read-again', { coverDays }), evidence: unread.map(({ record }) => record) };
  }
  const wholeUntilAtMs = Math.min(...kept.map(({ wholeUntilMs = 0 }) => wholeUntilMs));
  const evidence = kept.map(({ record }) => record);
  return { status: 'compliant', reasonCode: 'whole', reasonArgs: { wholeUntilAtMs }, evidence };
}
