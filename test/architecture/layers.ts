import { importsOf, isTestFile, type SourceFile } from './source-files.ts';

/** Which top-level folders the files of a folder may import from (DESIGN.md section 4). */
const allowed: Record<string, readonly string[]> = {
  shared: ['shared'],
  agent: ['agent', 'shared'],
  collector: ['collector', 'shared'],
  dashboards: ['dashboards'],
  scripts: ['agent', 'collector', 'dashboards', 'scripts', 'shared', 'test'],
  test: ['agent', 'collector', 'dashboards', 'shared', 'scripts', 'test'],
};

/** One sentence for each import that crosses a border; unit tests beside the code may use the kit in test/. */
export function layerProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const home = topOf(file.path);
    const may = [...(allowed[home] ?? []), ...(isTestFile(file.path) ? ['test'] : [])];
    return importsOf(file).flatMap(({ target }) => {
      if (target === undefined) return [];
      if (!may.includes(topOf(target))) {
        return [`${file.path} imports ${target}: ${home}/ may import only ${may.join(', ')}.`];
      }
      const leaks = isTestFile(target) && !isTestFile(file.path) && home !== 'scripts';
      return leaks ? [`${file.path} imports ${target}, which is for tests only.`] : [];
    });
  });
}

function topOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** Packages and modules that a running agent must not have loaded: each costs megabytes on a small machine. */
const heavy = ['typebox', 'axios', 'systeminformation', 'yaml', 'net-snmp', 'node:http', 'node:https'];

/** One sentence for each heavy thing that `entry` loads at start, with the way it gets in. */
export function leanProblems(files: readonly SourceFile[], entry: string): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const problems: string[] = [];
  const seen = new Set<string>();
  const visit = (path: string, way: readonly string[]) => {
    const file = byPath.get(path);
    if (file === undefined || seen.has(path)) return;
    seen.add(path);
    for (const line of importsOf(file).filter((each) => !each.typeOnly && !each.dynamic)) {
      if (line.target !== undefined) visit(line.target, [...way, path]);
      else if (heavy.some((name) => line.specifier === name || line.specifier.startsWith(`${name}/`))) {
        problems.push(`${[...way, path].join(' → ')} loads ${line.specifier} into the running agent.`);
      }
    }
  };
  if (!byPath.has(entry)) return [`${entry} is not there, so nothing was followed.`];
  visit(entry, []);
  return problems;
}
