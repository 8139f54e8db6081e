import { expect, it } from 'vitest';
import { pdVariable } from './variables.ts';

const regex = String(pdVariable.one().build().regex);

/** As Grafana's data source writes an answer, and its variables read it. */
function choice(labels: Record<string, string>) {
  const text = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return new RegExp(regex.slice(1, -1)).exec(`{${text.join(',')}} 1 1795671359000`)?.groups;
}

it.each([['Dinas Kesehatan'], ['Rumah Sakit "Harapan", Kelas C'], ['{}']])(
  'offers a department by its name and chooses it by its id: %s',
  (name) => {
    expect(choice({ name, pd: 'dinkes' })).toEqual({ text: name, value: 'dinkes' });
    expect(choice({ pd: 'dinkes', name })).toEqual({ text: name, value: 'dinkes' });
  },
);
