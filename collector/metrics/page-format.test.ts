import { expect, it } from 'vitest';
import { headOf } from './page-format.ts';

const help = 'A "word",\na \\.';

it.each([
  ['x_bytes_total', 'counter', '# TYPE x_bytes counter\n# UNIT x_bytes bytes\n# HELP x_bytes '],
  ['x_reports_total', 'counter', '# TYPE x_reports counter\n# HELP x_reports '],
  ['x_seconds', 'gauge', '# TYPE x_seconds gauge\n# UNIT x_seconds seconds\n# HELP x_seconds '],
  [
    'x_bytes_per_second',
    'gauge',
    '# TYPE x_bytes_per_second gauge\n# UNIT x_bytes_per_second bytes_per_second\n# HELP ',
  ],
  ['seconds', 'gauge', '# TYPE seconds gauge\n# HELP seconds '],
])('a head of OpenMetrics names the family %s without the end of a counter, and its unit', (name, type, start) => {
  const head = headOf({ name, type, help }, 'openmetrics');

  expect(head.startsWith(start)).toBe(true);
  expect(head.endsWith(String.raw` A \"word\",\na \\.` + '\n')).toBe(true);
});

it('a head of the text format names the samples', () => {
  expect(headOf({ name: 'x_bytes_total', type: 'counter', help }, 'text')).toBe(
    '# HELP x_bytes_total A "word",\\na \\\\.\n# TYPE x_bytes_total counter\n',
  );
});
