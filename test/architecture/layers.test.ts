import { describe, expect, it } from 'vitest';
import { layerProblems, leanProblems } from './layers.ts';
import { readSources } from './source-files.ts';

describe('who imports whom', () => {
  it('finds an agent that imports the collector', () => {
    const file = { path: 'agent/loop/run.ts', text: "import { a } from '../../collector/intake/a.ts';" };
    expect(layerProblems([file])).toEqual([
      'agent/loop/run.ts imports collector/intake/a.ts: agent/ may import only agent, shared.',
    ]);
  });

  it('finds a shared file that imports anything of ours, even a type and even on demand', () => {
    const text = "import type { A } from '../agent/a.ts';\nawait import('../collector/b.ts');";
    expect(layerProblems([{ path: 'shared/x.ts', text }])).toHaveLength(2);
  });

  it('lets unit tests use the kit, and production code not', () => {
    const text = "import { needs } from '../../test/requirements.ts';";
    expect(layerProblems([{ path: 'agent/probes/icmp.test.ts', text }])).toEqual([]);
    expect(layerProblems([{ path: 'agent/probes/icmp.ts', text }])).toHaveLength(1);
  });

  it('finds production code that imports a test kit beside it', () => {
    const file = { path: 'agent/spool/spool.ts', text: "import { a } from './a.test-kit.ts';" };
    expect(layerProblems([file])).toEqual([
      'agent/spool/spool.ts imports agent/spool/a.test-kit.ts, which is for tests only.',
    ]);
    expect(layerProblems([{ ...file, path: 'agent/spool/spool.test.ts' }])).toEqual([]);
  });

  it('holds in this repository', () => {
    expect(layerProblems(readSources())).toEqual([]);
  });
});

describe('the running agent', () => {
  it('is caught loading something heavy through another file', () => {
    const files = [
      { path: 'agent/cli/run.ts', text: "import { a } from '../loop/a.ts';" },
      { path: 'agent/loop/a.ts', text: "import Type from 'typebox';\nimport type { B } from 'axios';" },
    ];
    expect(leanProblems(files, 'agent/cli/run.ts')).toEqual([
      'agent/cli/run.ts → agent/loop/a.ts loads typebox into the running agent.',
    ]);
  });

  it('may load heavy things on demand', () => {
    const files = [{ path: 'agent/cli/run.ts', text: "await import('axios');" }];
    expect(leanProblems(files, 'agent/cli/run.ts')).toEqual([]);
  });

  it.each(['agent/cli/main.ts', 'agent/cli/run.ts'])('starts lean from %s in this repository', (entry) => {
    expect(leanProblems(readSources(), entry)).toEqual([]);
  });
});
