import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
}

export interface ImportLine {
  /** As it is written: a package, a `node:` module or a relative path. */
  specifier: string;
  /** Path from the root when it is a file of ours. */
  target?: string;
  typeOnly: boolean;
  dynamic: boolean;
}

const ownFolders = ['agent', 'collector', 'shared', 'dashboards', 'scripts', 'test'];
const skippedFolders = new Set(['node_modules', '.git', 'data', 'coverage']);

/** Paths of all files below a folder, sorted; folders that are not there have none. */
export function listFiles(folder: string, from = root): string[] {
  let entries;
  try {
    entries = readdirSync(join(from, folder), { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => !skippedFolders.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path, from) : [path];
    })
    .toSorted();
}

/** Every TypeScript and JavaScript file of ours, without declarations of what others wrote. */
export function readSources(): SourceFile[] {
  return ownFolders
    .flatMap((folder) => [...readTexts(folder, '.ts'), ...readTexts(folder, '.mjs')])
    .filter((file) => !file.path.endsWith('.d.ts'));
}

export function readTexts(folder: string, extension: string): SourceFile[] {
  return listFiles(folder)
    .filter((path) => path.endsWith(extension))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Tests, the contracts that several of them run, and their kits: nothing in production may import these. */
export function isTestFile(path: string): boolean {
  return path.startsWith('test/') || /(?:\.test|\.test-kit|\.contract|-test-[a-z-]+|-for-tests)\.ts$/.test(path);
}

const staticImport = /^[ \t]*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]/gm;
const dynamicImport = /\b(?:import|getBuiltinModule|require)\(\s*['"]([^'"\n]+)['"]/g;
const typeQuery = /typeof\s+import\(\s*['"][^'"\n]+['"]/g;

/** The import lines of a file. TypeScript 7 has no compiler API, so this reads the text; comments do not count. */
export function importsOf(file: SourceFile): ImportLine[] {
  const text = withoutComments(file.text);
  const lines: ImportLine[] = [];
  for (const [, type, specifier] of text.matchAll(staticImport)) {
    lines.push(importLine(file, specifier ?? '', { typeOnly: type !== undefined, dynamic: false }));
  }
  for (const [, specifier] of text.replaceAll(typeQuery, '').matchAll(dynamicImport)) {
    lines.push(importLine(file, specifier ?? '', { typeOnly: false, dynamic: true }));
  }
  return lines;
}

function importLine(file: SourceFile, specifier: string, kind: Pick<ImportLine, 'typeOnly' | 'dynamic'>): ImportLine {
  if (!specifier.startsWith('.')) return { specifier, ...kind };
  return { specifier, target: posix.join(posix.dirname(file.path), specifier), ...kind };
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

/** The npm package of a specifier: `@scope/name` or `name`, without what follows. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}
