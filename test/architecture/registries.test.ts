import { expect, it } from 'vitest';
import { registries, registryProblems } from './registries.ts';
import { readSources, readTexts } from './source-files.ts';

const probes = { folder: 'agent/probes', contract: 'Probe' };
const contract = { path: 'agent/probes/probe.ts', text: 'export interface Probe { readonly kind: string }' };
const icmp = { path: 'agent/probes/icmp.ts', text: "export const icmp: Probe = {\n  kind: 'icmp',\n};" };
const tcp = { path: 'agent/probes/tcp.ts', text: "export const tcp = {\n  kind: 'tcp',\n} satisfies Probe;" };
const helper = { path: 'agent/probes/connect-once.ts', text: 'export function connectOnce(host: string): boolean {}' };

function registry(...names: string[]) {
  const text = names.map((name) => `import { x } from './${name}.ts';`).join('\n');
  return { path: 'agent/probes/registry.ts', text };
}

it('accepts a folder whose items are all listed, with helpers beside them', () => {
  expect(registryProblems([contract, icmp, tcp, helper, registry('icmp', 'tcp')], probes)).toEqual([]);
});

it('finds an item that is not listed', () => {
  expect(registryProblems([contract, icmp, tcp, registry('icmp')], probes)).toEqual([
    'agent/probes/tcp.ts defines a Probe that agent/probes/registry.ts does not list.',
  ]);
});

it('finds a listed file that is no item', () => {
  expect(registryProblems([icmp, helper, registry('icmp', 'connect-once')], probes)).toEqual([
    'agent/probes/registry.ts lists agent/probes/connect-once.ts, which defines no Probe.',
  ]);
});

it('finds an item under another name than its file', () => {
  const renamed = { ...icmp, path: 'agent/probes/ping.ts' };
  expect(registryProblems([renamed, registry('ping')], probes)).toEqual([
    "agent/probes/ping.ts defines a Probe under another name than its file's.",
  ]);
});

it('counts functions that make an item', () => {
  const text =
    "export function createCpuSensor({ proc = '/proc' }: { proc?: string } = {}): Sensor {\n  return { name: 'cpu' };\n}";
  const files = [
    { path: 'agent/sensors/cpu.ts', text },
    { path: 'agent/sensors/registry.ts', text: '' },
  ];
  expect(registryProblems(files, { folder: 'agent/sensors', contract: 'Sensor' })).toEqual([
    'agent/sensors/cpu.ts defines a Sensor that agent/sensors/registry.ts does not list.',
  ]);
});

it('takes no helper for an item that only handles them or makes several', () => {
  const text = [
    'export function createAll(): Sensor[] {',
    '  return [one()];',
    '}',
    'function one(): Sensor {',
    "  return { name: 'x' };",
    '}',
  ].join('\n');
  const cpu = {
    path: 'agent/sensors/cpu.ts',
    text: "export function createCpuSensor(): Sensor {\n  return { name: 'cpu' };\n}",
  };
  const files = [
    cpu,
    { path: 'agent/sensors/portable.ts', text },
    { path: 'agent/sensors/registry.ts', text: "import { a } from './cpu.ts';\nimport { b } from './portable.ts';" },
  ];
  expect(registryProblems(files, { folder: 'agent/sensors', contract: 'Sensor' })).toEqual([]);
});

it('counts data files and what satisfies the contract inside a function', () => {
  const folder = 'collector/obligations/regulations';
  const files = [
    { path: `${folder}/sigi.json`, text: '{ "id": "sigi" }' },
    { path: `${folder}/lebong.json`, text: '{ "id": "lebnog" }' },
    { path: `${folder}/registry.ts`, text: "import lebong from './lebong.json' with { type: 'json' };" },
  ];
  expect(registryProblems(files, { folder, contract: 'Regulation' })).toEqual([
    `${folder}/sigi.json defines a Regulation that ${folder}/registry.ts does not list.`,
    `${folder}/lebong.json defines a Regulation under another name than its file's.`,
  ]);

  const made = { ...icmp, text: "export function createIcmp() {\n  return { kind: 'icmp' } satisfies Probe;\n}" };
  expect(registryProblems([made, registry()], probes)).toHaveLength(1);
});

it('notices when the contract itself has another name, so that it never passes for nothing', () => {
  expect(registryProblems([icmp, registry('icmp')], { ...probes, contract: 'Check' })).toEqual([
    'No file in agent/probes defines a Check: was the contract renamed?',
  ]);
});

it.each(registries)('holds for $folder in this repository', (each) => {
  expect(registryProblems([...readSources(), ...readTexts(each.folder, '.json')], each)).toEqual([]);
});
