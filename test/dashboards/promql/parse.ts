import { aggregators, type Expression, type Grouping, type Matcher, type Matching, precedences } from './expression.ts';
import { type Token, tokensOf } from './tokens.ts';

/** @throws Error that names what was expected; whether Prometheus takes the expression is asked of itself. */
export function parsePromql(expr: string): Expression {
  const reader = new Reader(expr, tokensOf(expr));
  const tree = binary(reader, 0);
  if (reader.peek() !== undefined) throw reader.error('the end');
  return tree;
}

class Reader {
  readonly expr: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(expr: string, tokens: readonly Token[]) {
    this.expr = expr;
    this.#tokens = tokens;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  next(expected: string): Token {
    const token = this.peek();
    if (token === undefined) throw this.error(expected);
    this.#at++;
    return token;
  }

  is(...texts: readonly string[]): boolean {
    const token = this.peek();
    return token !== undefined && token.kind !== 'text' && texts.includes(token.text);
  }

  take(...texts: readonly string[]): boolean {
    const found = this.is(...texts);
    if (found) this.#at++;
    return found;
  }

  must(text: string): void {
    if (!this.take(text)) throw this.error(`"${text}"`);
  }

  error(expected: string): Error {
    return new Error(`Expected ${expected} before "${this.peek()?.text ?? ''}" (in ${this.expr})`);
  }
}

function binary(reader: Reader, level: number): Expression {
  const operators = precedences[level];
  if (operators === undefined) return unary(reader);
  let left = binary(reader, level + 1);
  while (reader.is(...operators)) {
    const operator = reader.next('an operator').text;
    reader.take('bool');
    const matching = matchingOf(reader);
    // Only ^ leans to the right.
    const right = binary(reader, operator === '^' ? level : level + 1);
    left = { kind: 'binary', operator, left, right, matching };
  }
  return left;
}

function matchingOf(reader: Reader): Matching {
  const matching: Matching = {};
  if (reader.is('on', 'ignoring')) {
    matching.on = reader.next('on').text === 'on';
    matching.labels = names(reader);
  }
  if (reader.is('group_left', 'group_right')) {
    matching.many = reader.next('group_left').text === 'group_left' ? 'left' : 'right';
    matching.include = reader.is('(') ? names(reader) : [];
  }
  return matching;
}

function unary(reader: Reader): Expression {
  if (reader.take('-', '+')) return unary(reader);
  let tree = primary(reader);
  while (reader.is('[', '@', 'offset')) tree = modified(reader, tree);
  return tree;
}

/** Ranges, subqueries and other times change no label. */
function modified(reader: Reader, tree: Expression): Expression {
  if (reader.take('[')) {
    while (!reader.take(']')) reader.next('"]"');
  } else if (reader.take('@')) {
    if (reader.take('start', 'end')) {
      reader.must('(');
      reader.must(')');
    } else reader.next('a time');
  } else {
    reader.must('offset');
    reader.take('-');
    reader.next('a duration');
  }
  return tree;
}

function primary(reader: Reader): Expression {
  if (reader.take('(')) {
    const tree = binary(reader, 0);
    reader.must(')');
    return tree;
  }
  if (reader.is('{')) return selector(reader, '');
  const token = reader.next('an expression');
  if (token.kind === 'number' || token.kind === 'text') return { kind: 'literal' };
  if (token.kind !== 'name') throw reader.error('an expression');
  if (aggregators.has(token.text) && reader.is('(', 'by', 'without')) return aggregate(reader, token.text);
  if (reader.is('(')) return { kind: 'call', name: token.text, ...argumentsOf(reader) };
  return selector(reader, token.text);
}

function aggregate(reader: Reader, name: string): Expression {
  const before = groupingOf(reader);
  const args = argumentsOf(reader);
  return { kind: 'aggregate', name, grouping: before ?? groupingOf(reader), ...args };
}

function groupingOf(reader: Reader): Grouping | undefined {
  if (!reader.is('by', 'without')) return undefined;
  return { by: reader.next('by').text === 'by', labels: names(reader) };
}

function argumentsOf(reader: Reader): { args: Expression[]; texts: (string | undefined)[] } {
  const args: Expression[] = [];
  const texts: (string | undefined)[] = [];
  reader.must('(');
  while (!reader.take(')')) {
    const first = reader.peek();
    texts.push(first?.kind === 'text' ? first.text.slice(1, -1) : undefined);
    args.push(binary(reader, 0));
    if (!reader.is(')')) reader.must(',');
  }
  return { args, texts };
}

function selector(reader: Reader, metric: string): Expression {
  const matchers: Matcher[] = [];
  if (reader.take('{')) {
    while (!reader.take('}')) {
      const label = reader.next('a label').text;
      const operator = reader.next('an operator').text;
      matchers.push({ label, operator, value: reader.next('a text').text.slice(1, -1) });
      if (!reader.is('}')) reader.must(',');
    }
  }
  return { kind: 'selector', metric, matchers };
}

function names(reader: Reader): string[] {
  const found: string[] = [];
  reader.must('(');
  while (!reader.take(')')) {
    found.push(reader.next('a label').text);
    if (!reader.is(')')) reader.must(',');
  }
  return found;
}
