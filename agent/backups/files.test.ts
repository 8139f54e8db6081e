import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { backupSourceContract } from './backup-source.contract.ts';
import { filesSource, parseFilesSettings } from './files.ts';
import { backupSources } from './registry.ts';

const good = [
  { kind: 'files', path: '/var/backups/*.sql' },
  { kind: 'files', path: '/var/backups/**', settleSeconds: 120 },
];

backupSourceContract(filesSource, {
  good,
  bad: [
    {
      settings: { kind: 'files' },
      field: 'path',
      message: 'source.path must be an absolute path, say /var/backups/db/*.sql.gz',
    },
    {
      settings: { kind: 'files', path: 'backups/*.sql' } as { kind: string },
      field: 'path',
      message: /^source\.path must be an absolute path/,
    },
    {
      settings: { kind: 'files', path: 5 } as { kind: string },
      field: 'path',
      message: /^source\.path must be an absolute path/,
    },
    {
      settings: { kind: 'files', path: `/${'x'.repeat(5000)}` } as { kind: string },
      field: 'path',
      message: /^source\.path must be/,
    },
    {
      settings: { kind: 'files', path: '/a', settleSeconds: -1 } as { kind: string },
      field: 'settleSeconds',
      message: /number of seconds from 0 to 604800/,
    },
    {
      settings: { kind: 'files', path: '/a', settleSeconds: 'soon' } as { kind: string },
      field: 'settleSeconds',
      message: /number of seconds/,
    },
    {
      settings: { kind: 'files', path: '/a', patth: '/b' } as { kind: string },
      field: 'patth',
      message: /source\.patth is not a setting .*it knows path, settleSeconds/,
    },
  ],
  full: () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'db.sql'), 'x');
    utimesSync(join(folder, 'db.sql'), 1_700_000_000, 1_700_000_000);
    return filesIn(folder);
  },
  empty: () => filesIn(temporaryFolder()),
  blind: () => filesIn(join(temporaryFolder(), 'gone')),
});

function filesIn(folder: string) {
  return { settings: { kind: 'files', path: `${folder}/*.sql` } as { kind: string } };
}

describe('settings of the source files', () => {
  it.each(good)('say when $path counts as complete', (settings) => {
    const { settleSeconds = 60 } = settings;
    const watchedForMs = settings.settleSeconds === undefined ? 0 : settleSeconds * 1000;
    const settle = { settledAfterMs: settleSeconds * 1000, watchedForMs };
    expect(parseFilesSettings(settings)).toEqual({ path: settings.path, settle });
  });
});

describe('registry of backup sources', () => {
  it('holds each kind once', () => {
    const kinds = backupSources.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});
