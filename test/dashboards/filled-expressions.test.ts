import { expect, it } from 'vitest';
import { filledExpression, seriesOfVariable, variablesIn } from './filled-expressions.ts';

it.each([
  ['one value as it is', 'x{pd="$pd"}', { pd: 'dinkes' }, 'x{pd="dinkes"}'],
  ['several values as a choice', 'x{pd=~"$pd"}', { pd: ['dinkes', 'rsud'] }, 'x{pd=~"(dinkes|rsud)"}'],
  ['all values', 'x{pd=~"${pd}"}', { pd: [] }, 'x{pd=~".*"}'],
  ['letters that a regular expression would read', 'x{pd=~"$pd"}', { pd: ['a.b'] }, String.raw`x{pd=~"a\\.b"}`],
  ["Grafana's own", 'rate(x[$__rate_interval]) + y[$__range:5m] * $__range_s', {}, 'rate(x[75s]) + y[3600s:5m] * 3600'],
])('fills in %s', (_name, expr, variables, filled) => {
  expect(filledExpression(expr, { variables })).toBe(filled);
});

it('refuses a variable that nobody gave', () => {
  expect(() => filledExpression('x{pd="$dinas"}')).toThrow('Nothing fills $dinas in: x{pd="$dinas"}');
});

it("finds the variables of a text, without Grafana's own", () => {
  expect(variablesIn('x{pd=~"$pd", site=~"${site:regex}"}[$__range]')).toEqual(['pd', 'site']);
});

it('tells what a variable asks for', () => {
  expect(seriesOfVariable('label_values(x{pd=~"$pd", site!=""}, site)')).toEqual({
    series: 'x{pd=~"$pd", site!=""}',
    label: 'site',
  });
  expect(seriesOfVariable('query_result(max by (pd) (x))')).toEqual({ series: 'max by (pd) (x)' });
  expect(() => seriesOfVariable('metrics(x)')).toThrow('Neither series nor values of a label: metrics(x)');
});
