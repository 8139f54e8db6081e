import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type Dashboard,
  MappingType,
  type Panel,
  type RowPanel,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, it } from 'vitest';
import { expressionsOf, panelsOf, queriesOf } from './expressions.ts';
import { boards } from './registry.ts';

const folder = new URL('./grafana/boards/', import.meta.url);

/** As Grafana reads it. */
const asRead = (name: string): Dashboard => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

it('keeps one checked-in file for each board and no other', () => {
  expect(readdirSync(folder).sort()).toEqual(boards.map(({ name }) => `${name}.json`).sort());
});

it('gives each board a title and a uid of its own, and the uid its name', () => {
  const built = boards.map((board) => board.build());

  expect(new Set(built.map(({ title }) => title)).size).toBe(boards.length);
  expect(built.map(({ uid }) => uid)).toEqual(boards.map(({ name }) => `pantau-${name}`));
});

describe.each(boards.map((board) => [board.name, board] as const))('the board %s', (name, board) => {
  const dashboard = board.build();
  const panels = panelsOf(dashboard);
  const titles = panels.map(({ title }) => title ?? '');

  it('is checked in as the code makes it', () => {
    const made: unknown = JSON.parse(JSON.stringify(dashboard));

    expect(asRead(name), `${name}.json is not what the code makes: run "npm run dashboards"`).toEqual(made);
  });

  it('loses nothing on its way to a file', () => {
    expect(losses(dashboard)).toEqual([]);
  });

  it('has panels of kinds that the SDK knows, with options of that kind', () => {
    expect(panels.flatMap(optionProblems)).toEqual([]);
  });

  it('gives every panel a title of its own and a description', () => {
    expect(titles.filter((title, index) => title === '' || titles.indexOf(title) !== index)).toEqual([]);
    expect(panels.filter(({ description = '' }) => description.length < 20).map(({ title }) => title)).toEqual([]);
  });

  it('gives every query a letter of its own and a legend', () => {
    for (const panel of panels) {
      const queries = queriesOf(panel);

      expect([panel.title, new Set(queries.map(({ refId }) => refId)).size]).toEqual([panel.title, queries.length]);
      expect(queries.filter(({ legendFormat = '' }) => legendFormat === '')).toEqual([]);
    }
  });

  it('asks the data source that the reader chose', () => {
    const asked = panels.flatMap((panel) => [panel, ...queriesOf(panel)]).map(({ datasource }) => datasource);

    for (const each of asked) expect(each).toEqual({ type: 'prometheus', uid: '${datasource}' });
  });

  it('lays no panel over another nor over the edge', () => {
    expect(overlaps(dashboard.panels ?? [])).toEqual([]);
  });

  it('says of no missing value that it is good', () => {
    const base = panels.map(({ title, fieldConfig }) => [title, fieldConfig?.defaults.thresholds?.steps[0]]);

    for (const [title, step] of base) expect([title, step]).toEqual([title, { value: null, color: '#8E8E8E' }]);
  });

  it('paints nothing that has no colour of its own: Grafana would take grey, which is unknown', () => {
    expect(panels.flatMap(unpainted)).toEqual([]);
  });

  it('marks as normally empty only panels that it has, and these say so when they are', () => {
    const empty = panels.filter(({ title = '' }) => board.normallyEmpty.includes(title));

    expect(empty.map(({ title }) => title)).toEqual(board.normallyEmpty);
    expect(empty.map(({ fieldConfig }) => fieldConfig?.defaults.noValue)).toEqual(empty.map(() => 'Tidak ada'));
  });

  it('tells every expression that it asks', () => {
    const told = expressionsOf(board);

    for (const panel of panels) {
      expect(told.filter(({ panel: title }) => title === panel.title).length).toBe(queriesOf(panel).length);
    }
    expect(told.filter(({ expr }) => expr.trim() === '')).toEqual([]);
  });
});

/** Columns that are to be painted although neither steps nor every word say in which colour. */
function unpainted({ title, fieldConfig }: Panel): string[] {
  return (fieldConfig?.overrides ?? []).flatMap(({ matcher, properties }) => {
    const said = new Map(properties.map(({ id, value }) => [id, value]));
    const { type = '' } = (said.get('custom.cellOptions') ?? {}) as { type?: string };
    const words = ((said.get('mappings') ?? []) as ValueMapping[]).flatMap(({ type: kind, options }) =>
      kind === MappingType.ValueToText ? Object.values(options) : [],
    );
    const isPainted = type.startsWith('color-');
    const hasColours = said.has('thresholds') || (words.length > 0 && words.every(({ color }) => color !== undefined));
    return isPainted && !hasColours ? [`${title}: ${String(matcher.options)}`] : [];
  });
}

/** Where a value cannot be written as JSON. */
function losses(value: unknown, path = ''): string[] {
  if (typeof value === 'number' && !Number.isFinite(value)) return [`${path} is ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => losses(inner, `${path}/${key}`));
}

/** Options that the SDK leaves out of its defaults. */
const optional = new Set(['sortBy', 'footer', 'cellHeight', 'text', 'perPage', 'legend', 'tooltip', 'reduceOptions']);

const require = createRequire(import.meta.url);

function optionProblems({ title, type, options }: Panel): string[] {
  const kind = require(`@grafana/grafana-foundation-sdk/${type.replaceAll('-', '')}`) as { defaultOptions(): object };
  const known = new Set([...Object.keys(kind.defaultOptions()), ...optional]);
  return Object.keys(options ?? {})
    .filter((option) => !known.has(option))
    .map((option) => `${title}: a ${type} has no option ${option}`);
}

function overlaps(panels: readonly (Panel | RowPanel)[]): string[] {
  const taken = new Map<string, string>();
  return panels.flatMap(({ title = '', gridPos }) => {
    if (gridPos === undefined) return [`${title} has no place`];
    const { x, y, w, h } = gridPos;
    const over = x < 0 || x + w > 24 ? [`${title} is wider than the board`] : [];
    const on = new Set<string>();
    for (let column = x; column < x + w; column += 1) {
      for (let row = y; row < y + h; row += 1) {
        const under = taken.get(`${column},${row}`);
        if (under !== undefined) on.add(`${title} lies on ${under}`);
        taken.set(`${column},${row}`, title);
      }
    }
    return [...over, ...on];
  });
}
