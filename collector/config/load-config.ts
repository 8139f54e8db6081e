import { dirname } from 'node:path';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Known } from './known-names.ts';
import { configChecks } from './checks/registry.ts';
import { explainShape } from './explain-shape.ts';
import type { SchemaNode } from './json-node.ts';
import { notesOn } from './notes.ts';
import { readOwnRegulations } from './own-regulations.ts';
import { parseYaml, type YamlFile } from './parse-yaml.ts';
import { type ConfigProblem, formatPath } from './problem.ts';
import { type PantauConfig, PantauConfigSchema, type WrittenConfig } from './schema.ts';

const maxFileSizeBytes = 1024 * 1024;
const maxShownProblems = 20;

/**
 * Reads `pantau.yaml`: strict, with our defaults filled in.
 * @throws AppError `bad-config`; its message has one line for each problem (20 at most) with file, line, column, path
 * and remedy, and quotes no secret.
 */
export function loadConfig(path: string, known: Known): PantauConfig {
  return parseConfig(readBounded(path), path, known);
}

/** The same, and one line for each thing that is allowed and may not be meant. */
export function loadWithNotes(path: string, options: { known: Known; nowMs: number }) {
  return parseWithNotes(readBounded(path), path, options);
}

/** @param fileName how messages call the text. @throws AppError `bad-config` like `loadConfig`. */
export function parseConfig(text: string, fileName: string, known: Known): PantauConfig {
  return parseChecked(text, fileName, known).config;
}

/** @throws AppError `bad-config` like `loadConfig`. */
export function parseWithNotes(
  text: string,
  fileName: string,
  { known, nowMs }: { known: Known; nowMs: number },
): { config: PantauConfig; notes: string[] } {
  const { config, file } = parseChecked(text, fileName, known);
  return { config, notes: placed(notesOn(config, nowMs), file, fileName).map(({ line }) => line) };
}

function parseChecked(text: string, fileName: string, known: Known): { config: PantauConfig; file: YamlFile } {
  const file = parseYaml(text);
  if (Array.isArray(file)) {
    throw badConfig(file.map(({ line, column, message }) => `${fileName}:${line}:${column} ${message}.`));
  }
  if (file.value === null)
    throw badConfig([`${fileName} is empty; write at least pemda, regulations and perangkatDaerah.`]);
  const value = Value.Default(PantauConfigSchema, file.value);
  throwProblems(explainShape(PantauConfigSchema as unknown as SchemaNode, value), file, fileName);
  if (!Value.Check(PantauConfigSchema, value)) {
    const [error] = Value.Errors(PantauConfigSchema, value);
    throw badConfig([`${fileName} ${error?.instancePath ?? ''}: ${error?.message ?? 'does not fit the schema'}.`]);
  }
  const { own, problems } = readOwnRegulations(value.regulationFiles ?? [], dirname(fileName), known);
  throwProblems(problems, file, fileName);
  const names = own.length === 0 ? known : known.with(own);
  const config = { ...filledIn(value, names.diskominfo), ...(own.length === 0 ? {} : { ownRegulations: own }) };
  throwProblems(
    configChecks.flatMap((check) => check(config, names)),
    file,
    fileName,
  );
  return { config, file };
}

/** The ICT office is called as the first regulation calls it, where the Pemda does not say. */
function filledIn(written: WrittenConfig, diskominfo: Readonly<Record<string, string>>): PantauConfig {
  const { pemda, regulations } = written;
  const name = pemda.diskominfo.name ?? diskominfo[regulations[0] ?? ''] ?? 'Diskominfo';
  return { ...written, pemda: { ...pemda, diskominfo: { ...pemda.diskominfo, name } } };
}

function throwProblems(problems: readonly ConfigProblem[], file: YamlFile, fileName: string): void {
  if (problems.length === 0) return;
  const lines = placed(problems, file, fileName);
  throw badConfig(
    lines.map(({ line }) => line),
    lines[0]?.problem,
  );
}

/** One line for each, in the order of the file. */
function placed(problems: readonly ConfigProblem[], file: YamlFile, fileName: string) {
  return problems
    .map((problem) => ({ problem, ...file.positionOf(problem) }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ problem, line, column }) => {
      const path = problem.path.length === 0 ? '' : ` ${formatPath(problem.path)}`;
      const end = problem.message.endsWith('?') ? '' : '.';
      return { problem, line: `${fileName}:${line}:${column}${path} ${problem.message}${end}` };
    });
}

function badConfig(lines: readonly string[], first?: ConfigProblem): AppError {
  const shown = lines.slice(0, maxShownProblems);
  if (lines.length > shown.length) shown.push(`… and ${lines.length - shown.length} more.`);
  return new AppError('bad-config', shown.join('\n'), first === undefined ? {} : { field: formatPath(first.path) });
}

function readBounded(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stat = fstatSync(file);
    if (!stat.isFile()) throw badConfig([`${path} is not a file; name the pantau.yaml itself.`]);
    if (stat.size > maxFileSizeBytes) {
      throw badConfig([`${path} has ${stat.size} bytes; a configuration has at most ${maxFileSizeBytes}.`]);
    }
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const message = missing
      ? `There is no configuration at ${path}; correct the path or write the file.`
      : `The configuration ${path} cannot be read: ${messageOf(cause)}.`;
    throw new AppError('bad-config', message, { cause });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
