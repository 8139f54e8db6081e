import { importsOf, packageOf, type SourceFile } from './source-files.ts';

/** What the verifier may be made of: nothing of a collector's data or configuration. */
const rooms = ['collector/ledger/', 'shared/'];
const own = new Set(['command', 'command-line', 'now-and-then', 'verify'].map((name) => `collector/cli/${name}.ts`));
const packages = new Set(['typebox']);

/** One sentence for each thing that the verifier of ledgers would need beside the file and the key. */
export function verifierProblems(files: readonly SourceFile[], entry: string): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const problems: string[] = [];
  const seen = new Set<string>();
  const visit = (path: string, way: readonly string[]) => {
    const file = byPath.get(path);
    if (file === undefined || seen.has(path)) return;
    seen.add(path);
    for (const line of importsOf(file).filter((each) => !each.typeOnly)) {
      const { target, specifier } = line;
      const isAllowed =
        target === undefined
          ? specifier.startsWith('node:') || packages.has(packageOf(specifier))
          : own.has(target) || rooms.some((room) => target.startsWith(room));
      if (!isAllowed) problems.push(`${[...way, path].join(' → ')} imports ${target ?? specifier}.`);
      else if (target !== undefined) visit(target, [...way, path]);
    }
  };
  if (!byPath.has(entry)) return [`${entry} is not there, so nothing was followed.`];
  visit(entry, []);
  return problems;
}
