import { comparisons, type Expression, setOperators } from './expression.ts';
import { parsePromql } from './parse.ts';

/** Which labels each metric has, beside those that the scraper gives. */
export type MetricLabels = ReadonlyMap<string, ReadonlySet<string>>;

export interface CheckedExpression {
  /** Labels of the series that come out. */
  labels: Set<string>;
  metrics: Set<string>;
  /** One sentence for each label or metric that is not there, and for each sum over series that may be there twice. */
  problems: string[];
}

type Labels = Set<string>;

/** Labels that the scraper gives; a series that is scraped and received by remote write differs in these only. */
const scraped = ['instance', 'job'];

/** What is the same whether one series or two tell it; what the last two choose from is checked where it comes out. */
const blindToDoubles = new Set(['max', 'min', 'group', 'topk', 'bottomk']);

const labelless = new Set(['absent', 'absent_over_time', 'vector', 'scalar', 'time', 'pi']);

export function checkExpression(expr: string, metricLabels: MetricLabels): CheckedExpression {
  const checked: Omit<CheckedExpression, 'labels'> = { metrics: new Set(), problems: [] };
  const labels = new Walk(metricLabels, checked).labelsOf(parsePromql(expr));
  return { labels, ...checked };
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

class Walk {
  readonly #metricLabels: MetricLabels;
  readonly #out: Omit<CheckedExpression, 'labels'>;

  constructor(metricLabels: MetricLabels, out: Omit<CheckedExpression, 'labels'>) {
    this.#metricLabels = metricLabels;
    this.#out = out;
  }

  labelsOf(tree: Expression): Labels {
    if (tree.kind === 'selector') return this.#selector(tree);
    if (tree.kind === 'call') return this.#call(tree);
    if (tree.kind === 'aggregate') return this.#aggregate(tree);
    return tree.kind === 'binary' ? this.#binary(tree) : new Set();
  }

  #selector({ metric, matchers }: Of<'selector'>): Labels {
    this.#out.metrics.add(metric);
    const own = this.#metricLabels.get(metric);
    if (own === undefined) {
      this.#out.problems.push(`${metric} is not a metric of Pantau, nor a recording rule.`);
      return new Set(scraped);
    }
    const labels = new Set([...own, ...scraped]);
    this.#mustHave(matchers.map(({ label }) => label), labels, `a matcher of ${metric}`); // prettier-ignore
    return labels;
  }

  #call({ name, args, texts }: Of<'call'>): Labels {
    const inner = args.map((each) => this.labelsOf(each));
    if (labelless.has(name)) return new Set();
    const labels = new Set(inner.flatMap((each) => [...each]));
    if (name === 'label_replace') return this.#made(labels, texts[1], [texts[3]], name);
    if (name === 'label_join') return this.#made(labels, texts[1], texts.slice(3), name);
    if (name === 'histogram_quantile') labels.delete('le');
    return labels;
  }

  #made(labels: Labels, target: string | undefined, sources: readonly (string | undefined)[], by: string): Labels {
    this.#mustHave(sources.filter((each) => each !== undefined && each !== '') as string[], labels, by);
    return target === undefined ? labels : new Set([...labels, target]);
  }

  #aggregate({ name, grouping, args, texts }: Of<'aggregate'>): Labels {
    const inner = this.labelsOf(args.at(-1) ?? { kind: 'literal' });
    if (!blindToDoubles.has(name) && scraped.some((label) => inner.has(label))) {
      this.#out.problems.push(`${name} over series that may be there twice: aggregate with max by (…) first.`);
    }
    if (name === 'topk' || name === 'bottomk') return inner;
    const wanted = grouping?.labels ?? [];
    this.#mustHave(wanted, inner, `${grouping?.by === false ? 'without' : 'by'} of ${name}`);
    const kept = grouping?.by === false ? [...inner].filter((label) => !wanted.includes(label)) : wanted;
    return new Set(name === 'count_values' ? [...kept, texts[0] ?? ''] : kept);
  }

  #binary({ operator, left, right, matching }: Of<'binary'>): Labels {
    const [one, other] = [this.labelsOf(left), this.labelsOf(right)];
    if (isScalar(left)) return other;
    if (isScalar(right)) return one;
    this.#checkMatching(operator, matching, one, other);
    if (operator === 'or') return both(one, other);
    if (setOperators.has(operator)) return one;
    const [many, single] = matching.many === 'right' ? [other, one] : [one, other];
    if (matching.many !== undefined) {
      this.#mustHave(matching.include ?? [], single, `group_${matching.many}`);
      return new Set([...many, ...(matching.include ?? [])]);
    }
    // A comparison without `on` keeps its left side as it is.
    if (matching.labels === undefined || (comparisons.has(operator) && matching.on !== true)) return one;
    return matching.on === true ? new Set(matching.labels) : without(one, new Set(matching.labels));
  }

  #checkMatching(operator: string, matching: Of<'binary'>['matching'], one: Labels, other: Labels): void {
    const labels = matching.labels ?? [];
    if (matching.on === true) {
      this.#mustHave(labels, one, `on, left of ${operator}`);
      this.#mustHave(labels, other, `on, right of ${operator}`);
      return;
    }
    this.#mustHave(labels, both(one, other), `ignoring of ${operator}`);
    const differing = [...without(one, other), ...without(other, one)].filter((label) => !labels.includes(label));
    if (differing.length > 0 && operator !== 'or') {
      this.#out.problems.push(`The sides of ${operator} differ in ${differing.join(', ')}, so nothing ever matches.`);
    }
  }

  #mustHave(wanted: readonly string[], labels: Labels, where: string): void {
    for (const label of wanted) {
      if (!labels.has(label)) this.#out.problems.push(`There is no label ${label} (${where}).`);
    }
  }
}

const both = (one: Labels, other: Labels): Labels => new Set([...one, ...other]);

const without = (one: Labels, other: Labels): Labels => new Set([...one].filter((label) => !other.has(label)));

function isScalar(tree: Expression): boolean {
  if (tree.kind === 'literal') return true;
  if (tree.kind === 'call') return ['scalar', 'time', 'pi'].includes(tree.name);
  return tree.kind === 'binary' && isScalar(tree.left) && isScalar(tree.right);
}
