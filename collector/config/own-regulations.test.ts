import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { knownNames } from '../cli/known-names.ts';
import { casesOf } from '../obligations/subjects.ts';
import { minimal } from './bad-config.test-kit.ts';
import { loadConfig } from './load-config.ts';

const duty = {
  id: 'contoh-5-1-pencadangan',
  rule: 'backup-recent',
  citation: { pasal: '5', ayat: '1' },
  title: { id: 'Pencadangan data', en: 'Backup of data' },
  summary: { id: 'Data dicadangkan setiap hari.', en: 'Data is backed up every day.' },
  party: 'perangkat-daerah',
  modality: 'wajib',
  owner: 'perangkat-daerah',
  lawParams: { sizeLowRatio: 0.8 },
};
const sixth = {
  id: 'contoh-perbup-1-2030',
  title: 'Peraturan Bupati Contoh Nomor 1 Tahun 2030 tentang SPBE',
  shortTitle: 'Peraturan Bupati Contoh Nomor 1 Tahun 2030',
  parties: { diskominfo: 'Dinas Kominfo Contoh' },
  structure: { pasal: { '5': { ayat: '1 2(ab)' } } },
  obligations: [duty],
};
const yaml = minimal
  .replace('[lebong-perbup-22-2022]', '[contoh-perbup-1-2030]\nregulationFiles: [aturan.json]')
  .replace(', name: Diskominfo }', ' }');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pantau-regulation-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The configuration that names the file, beside which it lies. */
function load(file: unknown, more = '') {
  writeFileSync(join(folder, 'aturan.json'), typeof file === 'string' ? file : JSON.stringify(file));
  writeFileSync(join(folder, 'pantau.yaml'), yaml + more);
  return loadConfig(join(folder, 'pantau.yaml'), knownNames);
}

function problemsOf(file: unknown, more = ''): string[] {
  try {
    load(file, more);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-config') {
      return error.message.split('\n').map((line) => line.replace(/^.*pantau\.yaml:\d+:\d+ /, ''));
    }
    throw error;
  }
  return [];
}

it('judges by a sixth regulation that is data alone, and calls the ICT office as it does', () => {
  const config = load(sixth);

  expect(config.pemda.diskominfo.name).toBe('Dinas Kominfo Contoh');
  expect(casesOf(config).map(({ obligation, regulation, subject }) => [obligation.id, regulation.id, subject])).toEqual(
    [['contoh-5-1-pencadangan', 'contoh-perbup-1-2030', 'diskominfo']],
  );
});

it('knows its duties in the configuration, and the numbers that its law sets', () => {
  const settings = (params: string) => `obligations: { ${duty.id}: { params: { ${params} } } }\n`;

  expect(problemsOf(sixth, settings('clockToleranceSeconds: 5'))).toEqual([]);
  expect(problemsOf(sixth, settings('sizeLowRatio: 0.5'))).toEqual([
    `obligations.${duty.id}.params.sizeLowRatio is set by the law itself, Pasal 5 ayat (1); take it out.`,
  ]);
});

it.each<[string, unknown, string]>([
  ['a verb that there is not', { ...sixth, obligations: [{ ...duty, modality: 'boleh' }] }, '/obligations/0/modality'],
  [
    'a rule that there is not',
    { ...sixth, obligations: [{ ...duty, rule: 'tidak-ada' }] },
    `obligation ${duty.id} names the rule "tidak-ada", which does not exist`,
  ],
  [
    'a parameter that its rule does not have',
    { ...sixth, obligations: [{ ...duty, params: { jam: 24 } }] },
    `obligation ${duty.id} sets "jam", which the rule "backup-recent" does not have`,
  ],
  [
    'a parameter of another type',
    { ...sixth, obligations: [{ ...duty, params: { clockToleranceSeconds: 'lima' } }] },
    `obligation ${duty.id} sets "clockToleranceSeconds" to something else than a number`,
  ],
  [
    'a citation of what it does not have',
    { ...sixth, obligations: [{ ...duty, citation: { pasal: '5', ayat: '2', huruf: 'c' } }] },
    `obligation ${duty.id} cites Pasal 5 ayat (2) huruf c, which does not exist; the nearest is Pasal 5 ayat (2) huruf b`,
  ],
  [
    'the id of another',
    { ...sixth, id: 'sigi-perbup-27-2019' },
    'the regulation "sigi-perbup-27-2019" is there already; give it another id',
  ],
  [
    'a duty twice',
    { ...sixth, obligations: [duty, duty] },
    `the obligation "${duty.id}" is there already; give it another id`,
  ],
  ['something else than JSON', '{ id: contoh }', 'is not JSON'],
  ['nothing in it', 'null', '/ must be object'],
])('refuses a file with %s, by its place in the configuration', (_name, file, message) => {
  const [first = ''] = problemsOf(file);

  expect(first).toContain('regulationFiles[0] "aturan.json": ');
  expect(first).toContain(message);
});

it('says which file is not there', () => {
  writeFileSync(join(folder, 'pantau.yaml'), yaml);

  expect(() => loadConfig(join(folder, 'pantau.yaml'), knownNames)).toThrow(
    /regulationFiles\[0\] "aturan\.json": cannot be read \(.*\); correct the path/,
  );
});
