import { describe, expect, it } from 'vitest';
import { configText } from '../../test/kit/config-text.ts';
import { knownNames } from '../cli/known-names.ts';
import { parseConfig } from '../config/load-config.ts';
import { blanks, officeOf, placeAndDay, signatureOf } from './office.ts';

const office = (documents = '') => officeOf(parseConfig(`${configText()}\n${documents}`, 'pantau.yaml', knownNames));

describe('officeOf', () => {
  it('has the names of the Pemda and of Diskominfo, and blanks for people, where nothing is told', () => {
    const blank = office();
    expect(blank.letterhead).toEqual({
      pemda: 'Pemerintah Kabupaten Lebong',
      office: 'Dinas Komunikasi dan Informatika',
      lines: [],
    });
    expect(placeAndDay(blank, '2026')).toBe('...................., .................... 2026');
    expect(signatureOf(blank, 'kepalaDiskominfo', ['Mengetahui,'])).toEqual({
      above: ['Mengetahui,'],
      office: 'Kepala Dinas Komunikasi dan Informatika,',
      name: blanks.name,
      number: blanks.nip,
    });
  });

  it('has what is told', () => {
    const told = office(`documents:
  place: Tubei
  letterhead: { office: Diskominfo SP, lines: [Jalan Contoh 1] }
  officials: { sekretarisDaerah: { title: Plh. Sekretaris Daerah, name: Budi, nip: "19700101 200003 1 001" } }
`);
    expect(told.letterhead).toMatchObject({ office: 'Diskominfo SP', lines: ['Jalan Contoh 1'] });
    expect(placeAndDay(told, '2026')).toBe('Tubei, .................... 2026');
    expect(signatureOf(told, 'sekretarisDaerah', [])).toMatchObject({
      office: 'Plh. Sekretaris Daerah,',
      name: 'Budi',
      number: 'NIP 19700101 200003 1 001',
    });
  });
});
