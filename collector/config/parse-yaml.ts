import { type Document, isMap, LineCounter, type Node, parseDocument, type Pair, visit } from 'yaml';
import { messageOf } from '../../shared/errors.ts';
import type { ConfigPath, ConfigProblem } from './problem.ts';

/** Aliases may repeat a section, never multiply it into millions. */
const maxAliasCount = 100;

export interface Position {
  line: number;
  column: number;
}

export interface YamlFile {
  value: unknown;
  /** Where a path stands; of a path that is missing, where its parent stands. */
  positionOf(problem: Pick<ConfigProblem, 'path' | 'atKey'>): Position;
}

export interface YamlProblem extends Position {
  message: string;
}

/** Parses YAML 1.2; the problems of its syntax come back instead when it has any. */
export function parseYaml(text: string): YamlFile | YamlProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, version: '1.2' });
  const errors = [...document.errors, ...document.warnings];
  const problems = causesAmong(errors).map((error) => ({
    ...toPosition(lines, error.pos[0]),
    message:
      error.code === 'DUPLICATE_KEY'
        ? explainRepeated(document, lines, error.pos[0])
        : explainSyntax(error.code, error.message),
  }));
  if (problems.length > 0) return problems;
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    return { value, positionOf: (problem) => toPosition(lines, offsetOf(document, problem)) };
  } catch (error) {
    return [{ line: 1, column: 1, message: `cannot be read (${messageOf(error)}); write repeated sections out` }];
  }
}

function toPosition(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** @param offset where the later of two equal keys stands. */
function explainRepeated(document: Document, lines: LineCounter, offset: number): string {
  let message = repeatedKey;
  visit(document, {
    Map(_, map) {
      const keys = (map.items as Pair<Node>[]).map(({ key }) => key);
      const later = keys.find((key) => key.range?.[0] === offset);
      if (later === undefined) return undefined;
      const first = keys.find((key) => String(key) === String(later));
      const { line } = toPosition(lines, first?.range?.[0] ?? offset);
      message = `${JSON.stringify(String(later).slice(0, 64))} stands in this section already, on line ${line}; keep one of the two`;
      return visit.BREAK;
    },
  });
  return message;
}

/** One tab or star makes the parser stumble over what follows: only the causes are told, when they are known. */
function causesAmong<Fault extends { code: string; message: string }>(errors: readonly Fault[]): readonly Fault[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  if (tabs.length > 0) return tabs;
  const known = errors.filter(({ code, message }) => !explainSyntax(code, message).startsWith(notYaml));
  return known.length > 0 ? known : errors;
}

const repeatedKey = 'a key stands twice in the same section; keep one of them';
const notYaml = 'is not YAML';

function explainSyntax(code: string, message: string): string {
  if (code === 'BAD_ALIAS' || /unresolved alias/i.test(message))
    return 'a value that begins with * or & must stand in quotes';
  if (code === 'TAB_AS_INDENT') return 'a tab stands at the beginning of the line; indent with spaces';
  if (code === 'DUPLICATE_KEY') return repeatedKey;
  if (code === 'MULTIPLE_DOCS') return 'the file holds more than one document; take the line "---" out';
  return `${notYaml}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function offsetOf(document: Document, { path, atKey }: Pick<ConfigProblem, 'path' | 'atKey'>): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const found =
      atKey === true && depth === path.length ? keyNode(document, path) : nodeAt(document, path.slice(0, depth));
    if (found?.range) return found.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function nodeAt(document: Document, path: ConfigPath): Node | undefined {
  const found = document.getIn(path, true);
  return typeof found === 'object' && found !== null && 'range' in found ? (found as Node) : undefined;
}

function keyNode(document: Document, path: ConfigPath): Node | undefined {
  const parent = path.length === 1 ? document.contents : nodeAt(document, path.slice(0, -1));
  if (!isMap(parent)) return undefined;
  const pair = (parent.items as Pair<Node>[]).find((item) => String(item.key) === String(path.at(-1)));
  return pair?.key;
}
