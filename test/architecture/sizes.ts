import { isTestFile, type SourceFile } from './source-files.ts';

const maxLineCount = 300;
const maxMedianLineCount = 100;

/** Files over the hard limit, and the median when the house as a whole has grown; function sizes are oxlint's. */
export function sizeProblems(files: readonly SourceFile[]): string[] {
  const problems = files
    .filter((file) => lineCount(file) > maxLineCount)
    .map((file) => `${file.path} has ${lineCount(file)} lines: at most ${maxLineCount}, so split it by its subjects.`);
  const counts = files
    .filter((file) => !isTestFile(file.path))
    .map(lineCount)
    .toSorted((a, b) => a - b);
  const median = counts[Math.floor(counts.length / 2)] ?? 0;
  if (median >= maxMedianLineCount)
    problems.push(`The median file has ${median} lines: keep it below ${maxMedianLineCount}.`);
  return problems;
}

function lineCount(file: SourceFile): number {
  return file.text.replace(/\n$/, '').split('\n').length;
}
