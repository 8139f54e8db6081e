/** One word of a PromQL expression. */
export interface Token {
  kind: 'name' | 'number' | 'duration' | 'text' | 'mark';
  text: string;
}

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /(?:\s+|#[^\n]*)/y],
  ['duration', /(?:\d+(?:ms|[smhdwy]))+(?![\w.])/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y],
  ['name', /[a-zA-Z_:][\w:]*/y],
  ['text', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
  ['mark', /==|!=|=~|!~|<=|>=|[-+*/%^<>=(){}[\],:@]/y],
];

/** @throws Error that shows where something stands that PromQL does not have. */
export function tokensOf(expr: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expr.length) {
    const found = tokenAt(expr, at);
    if (found === undefined) throw new Error(`PromQL has nothing like "${expr.slice(at, at + 20)}" (in ${expr})`);
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: found.text });
    at += found.text.length;
  }
  return tokens;
}

function tokenAt(expr: string, at: number): { kind: Token['kind'] | 'space'; text: string } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(expr)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}
