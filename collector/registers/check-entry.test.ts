import { describe, expect, it } from 'vitest';
import { testNames } from './any-entry.test-kit.ts';
import { checkEntry } from './check-entry.ts';
import { column } from './columns.ts';
import { registerKind } from './kinds/registry.ts';

const kindOf = (name: string) => registerKind(name) ?? expect.unreachable(`no register ${name}`);
const check = (name: string, pd: unknown, values: Record<string, unknown>) =>
  checkEntry(kindOf(name), { pd, values }, testNames);
const audit = { scope: 'keamanan', date: '2026-10-01', auditor: 'BSSN', auditorKind: 'eksternal' };
const approval = { site: 'kantor', downMbps: 20, upMbps: '10', number: '12/2026', from: '2026-01-01' };

describe('an entry', () => {
  it('is kept in one form, whichever way it was written', () => {
    const written = {
      scope: ' Keamanan',
      date: '1/10/2026',
      auditor: ' BSSN\r\nPusat ',
      auditorKind: 'EXTERNAL',
      result: '',
    };
    expect(check('audit', ' dinkes', written)).toEqual({
      entry: { pd: 'dinkes', values: { ...audit, auditor: 'BSSN\nPusat' } },
      problems: [],
    });
    expect(check('bandwidth-approval', 'dinkes', { ...approval, downMbps: '12,5' }).entry?.values).toEqual({
      ...approval,
      downMbps: 12.5,
      upMbps: 10,
    });
  });

  it.each([
    ['2026-11-25', '2026-11-25'],
    ['25/11/2026', '2026-11-25'],
    ['5-1-2026', '2026-01-05'],
    ['25.11.2026', '2026-11-25'],
    ['25 November 2026', '2026-11-25'],
    ['3 agustus 2026', '2026-08-03'],
    [new Date('2026-11-25T00:00:00Z'), '2026-11-25'],
    ['31/02/2026', undefined],
    ['11/25/2026', undefined],
    ['25/11/26', undefined],
    ['25/11-2026', undefined],
    ['0206-11-25', undefined],
    ['46351', undefined],
    [46_351, undefined],
    [new Date(Number.NaN), undefined],
  ])('reads the day %s', (date, day) => {
    const { entry, problems } = check('audit', undefined, { ...audit, date });
    expect(entry?.values['date']).toBe(day);
    expect(problems).toEqual(
      day === undefined ? [{ column: 'date', message: expect.stringContaining('write it like 2026-11-25') }] : [],
    );
  });

  it.each([
    ['2026-11-25 13:45', '2026-11-25T13:45:00+08:00'],
    ['25/11/2026 13.45', '2026-11-25T13:45:00+08:00'],
    ['25 November 2026 pukul 13.45', '2026-11-25T13:45:00+08:00'],
    ['2026-11-25T13:45:10Z', '2026-11-25T21:45:10+08:00'],
    ['2026-11-25T13:45:00.250+07:00', '2026-11-25T14:45:00+08:00'],
    [new Date('2026-11-25T13:45:00Z'), '2026-11-25T13:45:00+08:00'],
    ['2026-11-25', '2026-11-25T00:00:00+08:00'],
    ['2026-11-25 24:45', undefined],
    ['kemarin', undefined],
  ])('reads the time %s as the clocks of the Pemda show it', (openedAt, time) => {
    const entry = { openedAt, kind: 'keluhan', reporter: 'x', summary: 'y', status: 'terbuka' };
    expect(check('service-desk', undefined, entry).entry?.values['openedAt']).toBe(time);
  });

  it.each([
    ['20', 20],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['0.125', 0.125],
    ['1500', 1500],
    ['1.5000', 1.5],
    ['1.500', undefined],
    ['1,500', undefined],
    ['1.500.000', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['20 Mbit/s', undefined],
    [Number.MAX_VALUE, undefined],
    [new Date(0), undefined],
  ])('reads the number %s', (downMbps, value) => {
    const { entry, problems } = check('bandwidth-approval', 'dinkes', { ...approval, downMbps });
    expect([entry?.values['downMbps'], problems.length]).toEqual([value, value === undefined ? 1 : 0]);
  });

  it.each([
    [
      'audit',
      undefined,
      { ...audit, scope: 'kemanan' },
      'scope',
      '"kemanan" is none of the choices; did you mean "keamanan"?',
    ],
    ['audit', undefined, { ...audit, scope: undefined }, 'scope', 'it is empty; an entry needs it'],
    ['audit', undefined, { ...audit, auditr: 'x' }, 'auditr', 'there is no such column; did you mean "auditor"?'],
    ['audit', 'dinkez', audit, 'pd', 'there is no department "dinkez"; did you mean "dinkes"?'],
    ['audit', 7, audit, 'pd', 'there is no department ""; known here: dinkes, bkd, diskominfo'],
    ['audit', undefined, { ...audit, auditor: { name: 'x' } }, 'auditor', 'it must be a text or a number'],
    ['audit', undefined, { ...audit, auditor: 'a\u0000b' }, 'auditor', 'there is a character in it that is no text'],
    ['audit', undefined, { ...audit, auditor: 'x'.repeat(4001) }, 'auditor', 'a text is at most 4000 characters long'],
    ['audit', undefined, { ...audit, reportedOn: '2026-09-30' }, 'reportedOn', 'it comes before date'],
    ['bandwidth-approval', '', approval, 'pd', 'it is empty; write the id of the department'],
    [
      'bandwidth-approval',
      'dinkes',
      { ...approval, site: 'kantr' },
      'site',
      'there is no site of dinkes "kantr"; did you mean "kantor"?',
    ],
    [
      'software',
      'bkd',
      { name: 'x', node: 'server-1' },
      'node',
      'there is no node of bkd "server-1"; none is known here',
    ],
    [
      'waiver',
      'dinkes',
      { obligation: 'lebong-23-2-pencadanga', number: '1', reason: 'x', until: '2027-01-01' },
      'obligation',
      'did you mean "lebong-23-2-pencadangan"?',
    ],
    [
      'report',
      undefined,
      { kind: 'insiden', date: '2026-01-01', recipient: 'x', incident: 'INC-1' },
      'incident',
      '"INC-1" is no incident',
    ],
  ])('of the register %s for %j is refused with its column and the remedy: %j', (name, pd, values, column, message) => {
    const { entry, problems } = check(name, pd, values);
    expect(entry).toBeUndefined();
    expect(problems).toContainEqual({ column, message: expect.stringContaining(message) });
  });

  it('is no larger than 64 KiB as a whole', () => {
    const long = '\u{1F600}'.repeat(2000);
    const values = Object.fromEntries(
      kindOf('hardware').columns.map(({ name, type }) => [name, type === 'text' ? long : undefined]),
    );
    expect(check('hardware', 'dinkes', { ...values, kind: 'server', name: long }).problems).toEqual([]);
    const wide = {
      ...kindOf('record'),
      columns: Array.from({ length: 9 }, (_, at) => column(`c${at}`, 'text', 'optional', ['x', 'x'])),
    };
    const full = Object.fromEntries(wide.columns.map(({ name }) => [name, long]));
    expect(checkEntry(wide, { pd: undefined, values: full }, testNames).problems).toEqual([
      { column: '', message: 'the whole entry is larger than 64 KiB' },
    ]);
  });
});
