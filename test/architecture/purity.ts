import { importsOf, isTestFile, type SourceFile } from './source-files.ts';

const rooms = ['collector/obligations/rules/', 'collector/obligations/network/'];

/** Elsewhere, and as pure: days of the calendar, and the list of what can be on record. */
const pureElsewhere = new Set(['collector/obligations/backup-history/local-days.ts', 'collector/registers/topics.ts']);

/**
 * One sentence for each thing that makes an obligation rule impure. A rule may import shared/, the contract in
 * collector/obligations/ and helpers in its own rooms that obey the same; nothing of Node, no package, no clock.
 */
export function purityProblems(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isInRoom(file.path) && !isTestFile(file.path) && !file.path.endsWith('/registry.ts'))
    .flatMap((file) => [
      ...importsOf(file)
        .filter((line) => !isAllowed(line.target))
        .map((line) => `${file.path} imports ${line.target ?? line.specifier}: a rule is pure.`),
      ...(/\bnew Date\(\s*\)|\bperformance\.|\bprocess\.|\bfetch\(|\bsetTimeout\(/.test(file.text)
        ? [`${file.path} looks at the world: a rule gets the time and the facts as arguments.`]
        : []),
    ]);
}

function isAllowed(target: string | undefined): boolean {
  if (target === undefined) return false;
  if (pureElsewhere.has(target)) return true;
  return target.startsWith('shared/') || isInRoom(target) || /^collector\/obligations\/[^/]+$/.test(target);
}

function isInRoom(path: string): boolean {
  return rooms.some((room) => path.startsWith(room));
}
