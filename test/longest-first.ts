import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Folders whose tests wait for real programs most of the time. Begun first and in turns, they leave the processors to the
 * others, and no two of a kind crowd each other; begun last, the suite would end with one worker waiting alone.
 */
const waitingFolders = [
  'test/jaringan-intra/',
  'test/backups/',
  'test/first-light/',
  'test/prometheus/',
  'test/router-agent/',
];

/** The files in the order in which they are to begin. @param paths relative to the root. */
export function longestFirst<File>(files: readonly File[], pathOf: (file: File) => string): File[] {
  const groups = waitingFolders.map((folder) => files.filter((file) => pathOf(file).startsWith(folder)));
  const inTurns: File[] = [];
  for (let turn = 0; groups.some((group) => turn < group.length); turn += 1) {
    for (const group of groups) inTurns.push(...group.slice(turn, turn + 1));
  }
  return [...inTurns, ...files.filter((file) => !inTurns.includes(file))];
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return longestFirst(sorted, (file) => relative(this.ctx.config.root, file.moduleId).replaceAll('\\', '/'));
  }
}
