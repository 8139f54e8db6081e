import { isTestFile, type SourceFile } from './source-files.ts';

const words = [
  'timeout',
  'interval',
  'size',
  'age',
  'duration',
  'delay',
  'period',
  'ttl',
  'latency',
  'elapsed',
  'backoff',
];
const bare = words.join('|');
const tail = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('|');
/** `timeout`, `requestTimeout`, `maxSize`: a quantity whose name ends before its unit. */
const name = `(?:${bare}|[a-z][A-Za-z0-9]*(?:${tail}))`;

const declarations = [
  // A property, parameter or variable declared as a number, in TypeScript or in a schema.
  new RegExp(`(?<![\\w.'"\`])(${name})\\??:\\s*(?:number\\b|(?:Type\\.Optional\\()?Type\\.(?:Integer|Number)\\b)`, 'g'),
  // A variable or parameter that starts out as a number.
  new RegExp(`(?<![\\w.'"\`])(${name})\\s*=\\s*[\\d(]`, 'g'),
];

/** Keys of pantau.yaml that the contract fixes; their descriptions name the unit. */
const contractKeys: Record<string, readonly string[]> = { 'collector/config/schema.ts': ['minSize'] };

/** One sentence for each number whose name says no unit. */
export function unitProblems(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => /^(agent|collector|shared)\//.test(file.path) && !isTestFile(file.path))
    .flatMap((file) =>
      file.text.split('\n').flatMap((line, index) =>
        declarations
          .flatMap((pattern) => [...line.matchAll(pattern)].map((match) => match[1] ?? ''))
          .filter((found) => !contractKeys[file.path]?.includes(found))
          .map(
            (found) =>
              `${file.path}:${index + 1} "${found}" has no unit: name it ${found}Ms, ${found}Seconds or ${found}Bytes.`,
          ),
      ),
    );
}
