import fc from 'fast-check';
import type { RegisterEntry } from '../obligations/register-view.ts';
import { checkEntry } from './check-entry.ts';
import type { RegisterColumn, RegisterKind } from './kind.ts';
import type { RegisterNames } from './names.ts';

export const testNames: RegisterNames = {
  timezone: 'Asia/Makassar',
  departments: ['dinkes', 'bkd', 'diskominfo'],
  sites: new Map([
    ['dinkes', ['kantor', 'puskesmas-kota']],
    ['bkd', ['kantor']],
  ]),
  nodes: new Map([['dinkes', ['server-1', 'server-2']]]),
  obligations: ['lebong-23-2-pencadangan', 'lebong-19-1-cakupan-data'],
};

/** Text with everything that a file may trip over. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '=1+1',
      "'=1+1",
      '+62 811',
      '-5',
      '@SUM(A1)',
      '"',
      'a;b,c\td',
      'baris 1\nbaris 2',
      '007',
      '1,5',
      "'",
    ),
    fc.constantFrom(
      '2026-11-25',
      '25/11/2026',
      'true',
      'null',
      '<b>&amp;</b>',
      '😀',
      '12345678901234567890',
      '_x0041_',
    ),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', "'", "''="), fc.string({ maxLength: 10 }))
      .map((parts) => parts.join('')),
  )
  .map((each) =>
    each
      .replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, '')
      .toWellFormed()
      .trim(),
  )
  .filter((each) => each !== '');

const pad = (count: number) => String(count).padStart(2, '0');
const day = fc
  .tuple(fc.integer({ min: 1950, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => `${year}-${pad(month)}-${pad(date)}`);
const time = fc
  .tuple(day, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map(([date, hour, minute, second]) => `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}+08:00`);
const number = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000_000 }),
  fc.integer({ min: 0, max: 10_000_000 }).map((count) => count / 1000),
);

function anyValue(column: RegisterColumn): fc.Arbitrary<string | number> {
  switch (column.type) {
    case 'number':
      return number;
    case 'day':
      return day;
    case 'time':
      return time;
    case 'choice':
      return fc.constantFrom(...(column.choices ?? []).map(({ name }) => name));
    case 'site':
      return fc.constant('kantor');
    case 'node':
      return fc.constant('server-1');
    case 'obligation':
      return fc.constantFrom(...testNames.obligations);
    case 'incident':
      return fc.constant('INC-20261122-7K3QMX');
    default:
      return text;
  }
}

/** Whatever a register of the kind may hold. */
export function anyEntries(kind: RegisterKind): fc.Arbitrary<RegisterEntry[]> {
  const cells = Object.fromEntries(
    kind.columns.map((column) => {
      const value = anyValue(column);
      return [column.name, column.required ? value : fc.option(value, { nil: undefined, freq: 3 })];
    }),
  );
  const needsPd = kind.columns.some(({ type }) => type === 'site' || type === 'node');
  const pd = kind.pd === 'required' || needsPd ? fc.constant('dinkes') : fc.constantFrom('dinkes', undefined);
  const input = fc.record({ pd, values: fc.record(cells), revision: fc.integer({ min: 1, max: 99 }) });
  const isRight = (each: { pd: string | undefined; values: Record<string, unknown> }) =>
    checkEntry(kind, each, testNames).problems.length === 0;
  return fc.array(input.filter(isRight), { maxLength: 8 }).map((inputs) =>
    inputs.map(({ revision, ...each }, place) => {
      const id = `REG-20261126-${String(place).padStart(8, '0')}`;
      const { entry } = checkEntry(kind, each, testNames);
      const about = { attachments: [], enteredAtMs: 1_000_000_000_000 + place, enteredBy: 'siti' };
      const reference = { register: kind.name, entry: id, revision };
      return { id, pd: entry?.pd, values: entry?.values ?? {}, ...about, reference };
    }),
  );
}
