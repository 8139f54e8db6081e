import Compile from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { filesSource, parseFilesSettings } from './files.ts';
import { backupSources } from './registry.ts';

const good = [
  { kind: 'files', path: '/var/backups/*.sql' },
  { kind: 'files', path: '/var/backups/**', settleSeconds: 120 },
];
const bad = [
  {
    settings: { kind: 'files' },
    field: 'path',
    message: 'source.path must be an absolute path, say /var/backups/db/*.sql.gz',
  },
  {
    settings: { kind: 'files', path: 'backups/*.sql' },
    field: 'path',
    message: /^source\.path must be an absolute path/,
  },
  { settings: { kind: 'files', path: 5 }, field: 'path', message: /^source\.path must be an absolute path/ },
  { settings: { kind: 'files', path: `/${'x'.repeat(5000)}` }, field: 'path', message: /^source\.path must be/ },
  {
    settings: { kind: 'files', path: '/a', settleSeconds: -1 },
    field: 'settleSeconds',
    message: /number of seconds from 0 to 604800/,
  },
  {
    settings: { kind: 'files', path: '/a', settleSeconds: 'soon' },
    field: 'settleSeconds',
    message: /number of seconds/,
  },
  {
    settings: { kind: 'files', path: '/a', patth: '/b' },
    field: 'patth',
    message: /source\.patth is not a setting .*it knows path, settleSeconds/,
  },
];

describe('settings of the source files', () => {
  it.each(good)('takes $path', (settings) => {
    const { settleSeconds = 60 } = settings;
    const watchedForMs = settings.settleSeconds === undefined ? 0 : settleSeconds * 1000;
    const settle = { settledAfterMs: settleSeconds * 1000, watchedForMs };
    expect(parseFilesSettings(settings)).toEqual({ path: settings.path, settle });
  });

  it.each(bad)('refuses $settings', ({ settings, field, message }) => {
    expect(() => parseFilesSettings(settings)).toThrow(message);
    expect(() => parseFilesSettings(settings)).toThrow(
      expect.objectContaining({ code: 'invalid-source-settings', field: `/source/${field}` }),
    );
  });

  it('are judged alike by the schema for the configuration checker', async () => {
    const schema = Compile(await filesSource.config());
    expect(good.map((settings) => schema.Check(settings))).toEqual(good.map(() => true));
    expect(bad.map(({ settings }) => schema.Check(settings))).toEqual(bad.map(() => false));
  });
});

describe('registry of backup sources', () => {
  it('holds each kind once, under the name of its file', async () => {
    expect(backupSources.map(({ kind }) => kind)).toEqual(['files']);
  });
});
