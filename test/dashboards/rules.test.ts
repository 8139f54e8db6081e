import { describe, expect, it } from 'vitest';
import { metricLabels, prometheusRules } from './metric-labels.ts';
import { checkExpression } from './promql/label-check.ts';

const rules = prometheusRules().map((rule) => ({ name: rule.record ?? rule.alert ?? '', rule }));

describe.each(rules)('the rule $name', ({ rule }) => {
  const { labels, problems } = checkExpression(rule.expr, metricLabels());

  it('asks only for metrics and labels that there are, and sums nothing twice', () => {
    expect(problems).toEqual([]);
  });

  it('tells only labels that it has', () => {
    const has = new Set([...labels, ...Object.keys(rule.labels ?? {})]);
    const told = Object.values({ ...rule.labels, ...rule.annotations })
      .flatMap((text) => [...text.matchAll(/\$labels\.(\w+)/g)])
      .map(([, label]) => label ?? '');

    expect(told.filter((label) => !has.has(label))).toEqual([]);
  });
});
