const allowed = new Set([
  'agent',
  'collector',
  'shared',
  'dashboards',
  'scripts',
  'test',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'LICENSE',
]);

/** What a run leaves behind and git ignores. */
const ignored = new Set(['node_modules', 'data', 'coverage']);

/** One sentence for each entry of the root that the house has no room for; dotfiles and logs are free. */
export function topLevelProblems(entries: readonly string[]): string[] {
  return entries
    .filter((entry) => !entry.startsWith('.') && !entry.endsWith('.log') && !allowed.has(entry) && !ignored.has(entry))
    .map((entry) => `${entry} stands at the top level: put it into one of the rooms of the house.`);
}
