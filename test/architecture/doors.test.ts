import { expect, it } from 'vitest';
import { doorProblems } from './doors.ts';
import { readSources } from './source-files.ts';

it.each([
  ['agent/loop/a.ts', 'axios', 'its door is collector/notify/, collector/metrics/remote-write/, agent/uplink/enrol*.'],
  ['collector/http/a.ts', 'better-sqlite3', 'its door is collector/store/sqlite/.'],
  ['collector/app.ts', 'express', 'its door is collector/http/.'],
  [
    'agent/sensors/cpu.ts',
    'node:child_process',
    'its door is agent/backups/, agent/config/check-child.ts, agent/probes/run-ping.ts, agent/sensors/inventory.ts.',
  ],
])('finds %s that imports %s', (path, name, rest) => {
  expect(doorProblems([{ path, text: `import x from '${name}';` }])).toEqual([`${path} imports ${name}: ${rest}`]);
});

it('lets a package in through its own door', () => {
  const files = [
    { path: 'collector/store/sqlite/open.ts', text: "import Database from 'better-sqlite3';" },
    { path: 'agent/uplink/enrol.ts', text: "const { default: axios } = await import('axios');" },
    { path: 'agent/probes/run-ping.ts', text: "import factory from 'ping/lib/builder/factory.js';" },
  ];
  expect(doorProblems(files)).toEqual([]);
});

it('finds production code that imports a test package', () => {
  expect(doorProblems([{ path: 'shared/a.ts', text: "import { it } from 'vitest';" }])).toEqual([
    'shared/a.ts imports vitest, which only tests may.',
  ]);
});

it('finds the environment read in the middle of the house', () => {
  const text = "const home = process.env['HOME'];";
  expect(doorProblems([{ path: 'collector/notify/email.ts', text }])).toEqual([
    'collector/notify/email.ts reads process.env: only cli/ and settings.ts do, and hand the values on.',
  ]);
  expect(doorProblems([{ path: 'collector/cli/serve.ts', text }])).toEqual([]);
});

it('holds in this repository', () => {
  expect(doorProblems(readSources())).toEqual([]);
});
