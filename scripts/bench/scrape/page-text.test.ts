import { expect, it } from 'vitest';
import { readPage } from './page-text.ts';

it('gives back what a page says', () => {
  const text = [
    '# HELP x_total What it\\nis.',
    '# TYPE x_total counter',
    'x_total{a="1",b="say \\"no\\", \\\\n"} 3',
    '# HELP y Y.',
    '# TYPE y gauge',
    'y NaN',
    'y{a=""} -Inf',
    '',
  ].join('\n');

  expect(readPage(text)).toEqual([
    {
      name: 'x_total',
      type: 'counter',
      help: 'What it\\nis.',
      samples: [{ name: 'x_total', labels: { a: '1', b: 'say "no", \\n' }, value: 3 }],
    },
    {
      name: 'y',
      type: 'gauge',
      help: 'Y.',
      samples: [
        { name: 'y', labels: {}, value: Number.NaN },
        { name: 'y', labels: { a: '' }, value: -Infinity },
      ],
    },
  ]);
});

it('refuses what is no page', () => {
  expect(() => readPage('<html>')).toThrow('This is no line of a metrics page: <html>');
});
