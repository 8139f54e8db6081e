import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import type { BackupClaim, Explanation, SourceSettings } from '../backup-source.ts';
import { systemPath } from './source-deps.test-kit.ts';

export const nobodyNeeds = needs({ root: true, linux: true, tools: ['setpriv'] });
const nobody = 65_534;

/** What a source says in an agent that runs as a user without any rights, in a process and a data folder of its own. */
export function askAsNobody(settings: SourceSettings): { claims: BackupClaim[]; explanations: Explanation[] } {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pantau-nobody-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  chmodSync(dataFolder, 0o700);
  chownSync(dataFolder, nobody, nobody);
  const href = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { ${settings.kind}Source as source } from ${href(`../${settings.kind}.ts`)};
    import { sourceDeps } from ${href('source-deps.test-kit.ts')};
    const config = source.parse(${JSON.stringify(settings)});
    const deps = sourceDeps(${JSON.stringify(dataFolder)});
    const claims = await source.look(config, deps);
    console.log(JSON.stringify({ claims, explanations: await source.explain(config, deps) }));`;
  const args = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', process.execPath];
  const output = execFileSync('setpriv', [...args, '--input-type=module-typescript', '-e', script], {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: systemPath },
  });
  return JSON.parse(output) as { claims: BackupClaim[]; explanations: Explanation[] };
}
