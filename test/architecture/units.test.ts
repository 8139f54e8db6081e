import { expect, it } from 'vitest';
import { readSources } from './source-files.ts';
import { unitProblems } from './units.ts';

function problemsOf(text: string, path = 'agent/loop/a.ts'): string[] {
  return unitProblems([{ path, text }]);
}

it.each([
  ['interface A { timeout: number }', 'timeout'],
  ['interface A { readonly maxSize?: number }', 'maxSize'],
  ['function wait(delay: number): void {}', 'delay'],
  ['const requestTimeout = 5000;', 'requestTimeout'],
  ['function wait({ interval = 60 }) {}', 'interval'],
  ['  spoolAge: Type.Optional(Type.Integer({ minimum: 0 })),', 'spoolAge'],
])('finds the bare quantity in %s', (text, found) => {
  expect(problemsOf(text)).toEqual([
    `agent/loop/a.ts:1 "${found}" has no unit: name it ${found}Ms, ${found}Seconds or ${found}Bytes.`,
  ]);
});

it.each([
  'interface A { timeoutMs: number; maxSizeBytes: number }',
  'interface A { usage: number; message: string; page: number; storage: number }',
  'spawn(program, args, { timeout: limitMs });',
  'const rows = buffer.size;',
  "const text = 'timeout = 5';",
])('accepts %s', (text) => {
  expect(problemsOf(text)).toEqual([]);
});

it('accepts the keys that the contract of pantau.yaml fixes, and only there', () => {
  const text = 'minSize: Type.Optional(Type.Integer({ minimum: 0 })),';
  expect(problemsOf(text, 'collector/config/schema.ts')).toEqual([]);
  expect(problemsOf(text, 'collector/store/rows.ts')).toHaveLength(1);
});

it('holds in this repository', () => {
  expect(unitProblems(readSources())).toEqual([]);
});
