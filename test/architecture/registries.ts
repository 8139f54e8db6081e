import { posix } from 'node:path';
import { importsOf, isTestFile, type SourceFile } from './source-files.ts';

export interface Registry {
  folder: string;
  /** End of the contract's type name: a file that exports one of these, or a function that makes one, is an item. */
  contract: string;
}

export const registries: readonly Registry[] = [
  { folder: 'agent/probes', contract: 'Probe' },
  { folder: 'agent/sensors', contract: 'Sensor' },
  { folder: 'agent/routers', contract: 'RouterReader' },
  { folder: 'agent/backups', contract: 'BackupSource' },
  { folder: 'agent/backups/drills', contract: 'Drill' },
  { folder: 'agent/cli', contract: 'Command' },
  { folder: 'collector/notify', contract: 'Channel' },
  { folder: 'collector/obligations/rules', contract: 'Rule' },
  { folder: 'collector/obligations/regulations', contract: 'Regulation' },
  { folder: 'collector/cli', contract: 'Command' },
  { folder: 'collector/registers/kinds', contract: 'RegisterKind' },
  { folder: 'collector/store/sqlite/ledger/sources', contract: 'LedgerSource' },
  { folder: 'collector/documents/letters/kinds', contract: 'Letter' },
];

/**
 * One sentence for each difference between a folder and its `registry.ts`: an item that is not listed, a listed file
 * that is no item, an item whose name is not its file's. Folders without a registry yet have none.
 */
export function registryProblems(files: readonly SourceFile[], { folder, contract }: Registry): string[] {
  const inFolder = files.filter((file) => posix.dirname(file.path) === folder && !isTestFile(file.path));
  const registry = inFolder.find((file) => posix.basename(file.path) === 'registry.ts');
  if (registry === undefined) return [];
  const others = inFolder.filter((file) => file !== registry);
  const items = others.filter((file) => definesItem(file, contract));
  if (items.length === 0) return [`No file in ${folder} defines a ${contract}: was the contract renamed?`];
  const listed = new Set(
    importsOf(registry)
      .filter((line) => !line.typeOnly)
      .map((line) => line.target),
  );
  return [
    ...items
      .filter((file) => !listed.has(file.path))
      .map((file) => `${file.path} defines a ${contract} that ${registry.path} does not list.`),
    ...others
      .filter((file) => listed.has(file.path) && !items.includes(file) && !makesSeveral(file.text, contract))
      .map((file) => `${registry.path} lists ${file.path}, which defines no ${contract}.`),
    ...items
      .filter((file) => !bearsItsName(file))
      .map((file) => `${file.path} defines a ${contract} under another name than its file's.`),
  ];
}

/** `Rule` stands for `DatasetRule` and `SiteRule` as well; data files are items as they are. */
function definesItem({ path, text }: SourceFile, contract: string): boolean {
  if (path.endsWith('.json')) return true;
  const constant = new RegExp(
    `^export const \\w+: (?:Readonly<)?\\w*${contract}\\b(?!\\[)|satisfies \\w*${contract}\\b(?!\\[)`,
    'm',
  );
  return constant.test(text) || madeTypes(text).some((made) => new RegExp(`^\\w*${contract}(?:<.*>)?$`).test(made));
}

/** A file that makes several small items at once, for one platform say, may be listed too. */
function makesSeveral(text: string, contract: string): boolean {
  return madeTypes(text).includes(`${contract}[]`);
}

function madeTypes(text: string): string[] {
  return [...text.matchAll(/^export function \w+\([^]*?\)(?:: ([^\n{]+?))? \{$/gm)].map((match) => match[1] ?? '');
}

function bearsItsName(file: SourceFile): boolean {
  const name = posix.basename(file.path).replace(/\.(ts|json)$/, '');
  return new RegExp(`\\b(?:kind|name|id)"?: ['"]${name}['"]`).test(file.text);
}
