import { describe, expect, it } from 'vitest';
import { boards } from '../../dashboards/registry.ts';
import { askedBy, boardLinksIn, columnsRead, jsonOf, lineLabelsRead, panelsOf, textsOf } from './board-parts.ts';
import { filledExpression, variablesIn } from './filled-expressions.ts';
import { metricLabels } from './metric-labels.ts';
import { checkExpression } from './promql/label-check.ts';

const jsons = boards.map((board) => ({ name: board.name, json: jsonOf(board) }));
const byUid = new Map(jsons.map(({ json }) => [json.uid, json]));

/** "All" for each variable, since no label depends on what is chosen. */
function checked(expr: string) {
  const variables = Object.fromEntries(variablesIn(expr).map((name) => [name, []]));
  return checkExpression(filledExpression(expr, { variables }), metricLabels());
}

describe.each(jsons)('the board $name', ({ name, json }) => {
  it('has an address of its own that stays', () => {
    expect(json.uid).toBe(`pantau-${name}`);
    expect(byUid.size).toBe(jsons.length);
  });

  it('uses every variable that it offers, and offers every one that it uses', () => {
    const offered = json.templating.list.map((variable) => variable.name);
    const used = new Set(textsOf(json).flatMap(variablesIn));

    expect([...used].toSorted()).toEqual(offered.toSorted());
  });

  it('leads only to boards that there are, and hands them variables that they have', () => {
    const astray = boardLinksIn(json).filter(({ uid, variables }) => {
      const offered = byUid.get(uid)?.templating.list.map((variable) => variable.name);
      return offered === undefined || variables.some((variable) => !offered.includes(variable));
    });
    const tags = new Set(jsons.flatMap((each) => each.json.tags ?? []));
    const tagsNobodyHas = (json.links ?? []).flatMap((link) => link.tags).filter((tag) => !tags.has(tag));

    expect([astray, tagsNobodyHas]).toEqual([[], []]);
  });

  it('asks only for metrics and labels that there are, and sums nothing twice', () => {
    const problems = askedBy(json).flatMap(({ where, expr }) =>
      checked(expr).problems.map((problem) => `${where}: ${problem} In ${expr.slice(0, 300)}`),
    );

    expect(problems).toEqual([]);
  });

  it('names lines, events and choices by labels that come out', () => {
    const problems = askedBy(json).flatMap(({ where, expr, labelsRead }) => {
      const { labels } = checked(expr);
      return labelsRead.filter((label) => !labels.has(label)).map((label) => `${where}: ${label} of ${expr}`);
    });

    expect(problems).toEqual([]);
  });

  it('hands on from a line only labels that it has', () => {
    const problems = panelsOf(json).flatMap((panel) =>
      lineLabelsRead(panel).flatMap((label) =>
        (panel.targets ?? [])
          .filter(({ expr = '' }) => !checked(expr).labels.has(label))
          .map(() => `${panel.title}: ${label}`),
      ),
    );

    expect(problems).toEqual([]);
  });

  it('leaves out the labels of the scraper: a series told twice is one', () => {
    const raw = askedBy(json).filter(
      ({ where, expr }) => where.startsWith('panel') && checked(expr).labels.has('instance'),
    );

    expect(raw).toEqual([]);
  });

  it('reads and renames only columns that a table has', () => {
    const problems = panelsOf(json).flatMap((panel) => {
      const found = new Set(['Time', 'Value']);
      for (const { expr = '', refId } of panel.targets ?? []) {
        for (const label of checked(expr).labels) found.add(label);
        found.add(`Value #${refId}`);
      }
      for (const { id, options } of panel.transformations ?? []) {
        if (id === 'groupingToMatrix') found.add(`${options.rowField}\\${options.columnField}`);
      }
      const names = new Set(found);
      for (const { options } of panel.transformations ?? []) {
        for (const text of Object.values(options.renameByName ?? {})) names.add(text);
      }
      const renamed = (panel.transformations ?? []).flatMap(({ id, options }) =>
        id === 'organize' ? Object.keys({ ...options.renameByName, ...options.excludeByName }) : [],
      );
      return [
        ...renamed.filter((column) => !found.has(column)),
        ...columnsRead(panel).filter((column) => !names.has(column)),
      ].map((column) => `${panel.title}: ${column}`);
    });

    expect(problems).toEqual([]);
  });
});
