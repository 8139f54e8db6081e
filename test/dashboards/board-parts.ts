import type { Board } from '../../dashboards/board.ts';
import { seriesOfVariable } from './filled-expressions.ts';

/** As much of a board's JSON as the tests look at. */
export interface BoardJson {
  uid: string;
  title: string;
  tags?: string[];
  panels: PanelJson[];
  templating: { list: VariableJson[] };
  annotations: {
    list?: { name: string; expr?: string; target?: TargetJson; titleFormat?: string; textFormat?: string }[];
  };
  links?: { url?: string; type: string; tags: string[]; title: string }[];
}

export interface PanelJson {
  type: string;
  title?: string;
  targets?: TargetJson[];
  panels?: PanelJson[];
  transformations?: {
    id: string;
    options: {
      rowField?: string;
      columnField?: string;
      renameByName?: Record<string, string>;
      excludeByName?: Record<string, boolean>;
    };
  }[];
}

export interface TargetJson {
  refId?: string;
  expr?: string;
  legendFormat?: string;
}

interface VariableJson {
  name: string;
  type: string;
  query?: string | { query?: string };
}

/** What Grafana reads, not what the code holds. */
export function jsonOf(board: Board): BoardJson {
  return JSON.parse(JSON.stringify(board.build())) as BoardJson;
}

/** Panels with those within collapsed rows. */
export function panelsOf({ panels }: { panels?: PanelJson[] }): PanelJson[] {
  return (panels ?? []).flatMap((panel) => [panel, ...panelsOf(panel)]);
}

/** One expression of a board and where it stands. */
export interface PlacedExpression {
  where: string;
  expr: string;
  /** Names of labels that what shows it reads. */
  labelsRead: string[];
}

/** Everything that a board asks of Prometheus. */
export function askedBy(json: BoardJson): PlacedExpression[] {
  const ofPanels = panelsOf(json).flatMap((panel) =>
    (panel.targets ?? []).map(({ expr = '', legendFormat = '' }) => ({
      where: `panel "${panel.title}"`,
      expr,
      labelsRead: labelsIn(legendFormat),
    })),
  );
  const ofVariables = json.templating.list.flatMap((variable) => {
    const query = queryOf(variable);
    if (variable.type !== 'query' || query === undefined) return [];
    const { series, label } = seriesOfVariable(query);
    return [{ where: `variable "${variable.name}"`, expr: series, labelsRead: label === undefined ? [] : [label] }];
  });
  const ofAnnotations = (json.annotations.list ?? []).flatMap(({ name, expr, target, titleFormat, textFormat }) => {
    const asked = target?.expr ?? expr;
    if (asked === undefined) return [];
    const labelsRead = labelsIn(`${titleFormat ?? ''} ${textFormat ?? ''} ${target?.legendFormat ?? ''}`);
    return [{ where: `annotation "${name}"`, expr: asked, labelsRead }];
  });
  return [...ofPanels, ...ofVariables, ...ofAnnotations];
}

function queryOf({ query }: VariableJson): string | undefined {
  return typeof query === 'object' ? query.query : query;
}

function labelsIn(format: string): string[] {
  return [...format.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label ?? '');
}

/** Every text within, without the names of things: what a variable is called does not use it. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** Links to boards: the board, and the variables that are handed on. */
export function boardLinksIn(value: unknown): { uid: string; variables: string[]; url: string }[] {
  return textsOf(value).flatMap((url) => {
    const [, uid] = /^(?:\$\{__base_url\})?\/d\/([^/?]+)/.exec(url) ?? [];
    if (uid === undefined) return [];
    return [{ uid, url, variables: [...url.matchAll(/[?&]var-(\w+)=/g)].map(([, name]) => name ?? '') }];
  });
}

/** Names by which a link or a transformation reads the columns of its panel. */
export function columnsRead(panel: PanelJson): string[] {
  return textsOf(panel).flatMap((text) =>
    [...text.matchAll(/\$\{__data\.fields(?:\.(\w+)|\["([^"]+)"\]|\['([^']+)'\])/g)].map(
      ([, bare, double, single]) => bare ?? double ?? single ?? '',
    ),
  );
}

/** Names of labels by which a link from a line of a chart reads its series. */
export function lineLabelsRead(panel: PanelJson): string[] {
  return textsOf(panel).flatMap((text) =>
    [...text.matchAll(/\$\{__field\.labels\.(\w+)/g)].map(([, label]) => label ?? ''),
  );
}
