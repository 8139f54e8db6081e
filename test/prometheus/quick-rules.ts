import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rulesFolder, yamlFiles } from './rule-files.ts';

/** The shipped rules, worked out as often as the test's Prometheus does. @returns their paths in the folder. */
export function copyQuickRules(folder: string): string[] {
  return yamlFiles(rulesFolder).map((path) => {
    const copy = join(folder, basename(path));
    writeFileSync(copy, readFileSync(path, 'utf8').replaceAll(/^ {4}interval: .*\n/gm, ''));
    return copy;
  });
}
