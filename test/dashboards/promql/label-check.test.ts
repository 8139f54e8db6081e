import { describe, expect, it } from 'vitest';
import { checkExpression, type MetricLabels } from './label-check.ts';

const metricLabels: MetricLabels = new Map([
  ['pantau_link_up', new Set(['pd', 'site', 'node', 'layer'])],
  ['pantau_pd_info', new Set(['pd', 'name'])],
  ['pantau_backup_copies', new Set(['pd', 'dataset'])],
]);

const labelsOf = (expr: string) => [...checkExpression(expr, metricLabels).labels].toSorted();
const problemsOf = (expr: string) => checkExpression(expr, metricLabels).problems;

describe('the labels that come out of an expression', () => {
  it.each([
    ['max by (pd, site) (pantau_link_up{layer="wan"})', ['pd', 'site']],
    ['max without (instance, job, node) (pantau_link_up)', ['layer', 'pd', 'site']],
    ['rate(pantau_backup_copies[5m] offset 1d)', ['dataset', 'instance', 'job', 'pd']],
    ['sum by (pd) (max by (pd, dataset) (pantau_backup_copies)) > 2', ['pd']],
    ['max(pantau_link_up) * -1 or vector(0)', []],
    ['count_values by (pd) ("state", max by (pd, site) (pantau_link_up))', ['pd', 'state']],
    ['label_join(max by (pd, site) (pantau_link_up), "place", " / ", "pd", "site")', ['pd', 'place', 'site']],
    [
      'max by (pd, site) (pantau_link_up) * on (pd) group_left (name) max by (pd, name) (pantau_pd_info)',
      ['name', 'pd', 'site'],
    ],
    ['topk(5, max by (pd) (pantau_link_up)) and on (pd) max by (pd, dataset) (pantau_backup_copies @ end())', ['pd']],
    ['max by (pd) (pantau_link_up) / on (pd) max by (pd) (pantau_backup_copies)', ['pd']],
    ['count_over_time((max by (pd) (pantau_link_up) == 1)[1h:5m]) / scalar(count(vector(1)))', ['pd']],
  ])('%s', (expr, labels) => {
    expect(labelsOf(expr)).toEqual(labels);
    expect(problemsOf(expr)).toEqual([]);
  });
});

describe('what is wrong with an expression', () => {
  it.each([
    [
      'a metric that is not there',
      'max(pantau_link_upp)',
      'pantau_link_upp is not a metric of Pantau, nor a recording rule.',
    ],
    ['a matcher of no label', 'max(pantau_link_up{pdd="x"})', 'There is no label pdd (a matcher of pantau_link_up).'],
    ['a grouping by no label', 'max by (dataset) (pantau_link_up)', 'There is no label dataset (by of max).'],
    [
      'a sum over series that are there twice where Prometheus scrapes and receives',
      'sum by (pd) (pantau_link_up)',
      'sum over series that may be there twice: aggregate with max by (…) first.',
    ],
    [
      'a join on no label',
      'max by (pd) (pantau_link_up) * on (pd, site) max by (pd) (pantau_link_up)',
      'There is no label site (on, left of *).',
    ],
    [
      'a name from a side that has none',
      'max by (pd, site) (pantau_link_up) * on (pd) group_left (name) max by (pd) (pantau_pd_info)',
      'There is no label name (group_left).',
    ],
    [
      'sides that never match',
      'max by (pd, site) (pantau_link_up) + max by (pd) (pantau_backup_copies)',
      'The sides of + differ in site, so nothing ever matches.',
    ],
  ])('%s', (_name, expr, problem) => {
    expect(problemsOf(expr)).toContain(problem);
  });

  it.each([['max(pantau_link_up'], ['max(pantau_link_up))'], ['pantau_link_up ~ 1'], ['{pd=}']])(
    'does not read %s',
    (expr) => {
      expect(() => checkExpression(expr, metricLabels)).toThrow(/\(in /);
    },
  );
});
