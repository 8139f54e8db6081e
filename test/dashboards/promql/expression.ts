/** What a PromQL expression is made of, as far as its labels follow from it. */
export type Expression =
  | { kind: 'literal' }
  | { kind: 'selector'; metric: string; matchers: Matcher[] }
  | { kind: 'call'; name: string; args: Expression[]; texts: (string | undefined)[] }
  | {
      kind: 'aggregate';
      name: string;
      grouping: Grouping | undefined;
      args: Expression[];
      texts: (string | undefined)[];
    }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression; matching: Matching };

export interface Matcher {
  label: string;
  operator: string;
  value: string;
}

export interface Grouping {
  by: boolean;
  labels: string[];
}

export interface Matching {
  /** Nothing where every label must agree. */
  labels?: string[];
  /** `on`; otherwise `ignoring`. */
  on?: boolean;
  /** Which side may have several series for one of the other. */
  many?: 'left' | 'right';
  include?: string[];
}

export const aggregators = new Set([
  'sum', 'min', 'max', 'avg', 'group', 'stddev', 'stdvar', 'count', 'count_values', 'bottomk', 'topk', 'quantile',
]); // prettier-ignore

export const setOperators = new Set(['and', 'or', 'unless']);
export const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);

/** From the loosest to the tightest. */
export const precedences: readonly (readonly string[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
  ['^'],
];
