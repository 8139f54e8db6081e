import { importsOf, isTestFile, packageOf, type SourceFile } from './source-files.ts';

/** Where each outside thing may be imported: a file, a folder (ends with /) or the start of a file's name (ends with *). */
const doors: Record<string, readonly string[]> = {
  '@grafana/grafana-foundation-sdk': ['dashboards/'],
  '@peculiar/x509': ['collector/tls/'],
  'reflect-metadata': ['collector/tls/'],
  axios: ['collector/notify/', 'collector/metrics/remote-write/', 'agent/uplink/enrol*'],
  'better-sqlite3': ['collector/store/sqlite/'],
  croner: ['shared/cron-grace.ts'],
  express: ['collector/http/'],
  'net-snmp': ['agent/routers/'],
  pdfmake: ['collector/documents/pdf/'],
  'read-excel-file': ['collector/spreadsheet/'],
  'write-excel-file': ['collector/spreadsheet/'],
  'node-cron': ['agent/loop/schedule.ts'],
  nodemailer: ['collector/notify/email.ts'],
  pbf: ['collector/metrics/remote-write/'],
  ping: ['agent/probes/run-ping.ts', 'agent/probes/parse-ping.ts'],
  'prom-client': ['collector/metrics/'],
  snappyjs: ['collector/metrics/remote-write/'],
  systeminformation: ['agent/sensors/'],
  yaml: ['collector/config/'],
};

/** Packages of the tests; production code has no door for them. */
const testOnly = new Set(['vitest', 'fast-check', 'smtp-server']);

/** The only files that start programs, beside scripts and tests. */
const programStarters = [
  'agent/backups/',
  'agent/config/check-child.ts',
  'agent/probes/run-ping.ts',
  'agent/sensors/inventory.ts',
];

/** The only files that read the environment, beside scripts and tests. */
const environmentReaders = ['agent/cli/', 'collector/cli/'];

/** One sentence for each outside thing that comes in through another door than its own. */
export function doorProblems(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !isTestFile(file.path) && !file.path.startsWith('scripts/'))
    .flatMap((file) => [...packageProblems(file), ...environmentProblems(file)]);
}

function packageProblems(file: SourceFile): string[] {
  return importsOf(file)
    .filter((line) => line.target === undefined)
    .flatMap(({ specifier }) => {
      const name = packageOf(specifier);
      if (testOnly.has(name)) return [`${file.path} imports ${name}, which only tests may.`];
      const door = specifier === 'node:child_process' ? programStarters : doors[name];
      if (door === undefined || door.some((pattern) => fits(file.path, pattern))) return [];
      return [`${file.path} imports ${name}: its door is ${door.join(', ')}.`];
    });
}

function environmentProblems(file: SourceFile): string[] {
  if (!/\bprocess\.env\b/.test(file.text)) return [];
  if (environmentReaders.some((pattern) => fits(file.path, pattern)) || file.path.endsWith('/settings.ts')) return [];
  return [`${file.path} reads process.env: only cli/ and settings.ts do, and hand the values on.`];
}

function fits(path: string, pattern: string): boolean {
  if (pattern.endsWith('/')) return path.startsWith(pattern);
  if (pattern.endsWith('*')) return path.startsWith(pattern.slice(0, -1));
  return path === pattern;
}
