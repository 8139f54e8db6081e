import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * For tests only: a network of their own inside the kernel, so that nothing they send leaves the machine. It needs
 * root and the program `ip`.
 */
export interface Namespace {
  name: string;
  /** Runs `ip` inside the namespace. */
  ip(...args: string[]): void;
  remove(): void;
}

/** Why there can be no namespace here, or undefined when there can. */
export function namespaceObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces need Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  try {
    const probe = createNamespace();
    probe.remove();
    return undefined;
  } catch {
    return 'the program "ip" cannot make a network namespace';
  }
}

export function createNamespace(): Namespace {
  const name = `pantau-test-${randomBytes(4).toString('hex')}`;
  const ip = (...args: string[]) =>
    void execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
  ip('netns', 'add', name);
  return {
    name,
    ip: (...args) => ip('-n', name, ...args),
    remove: () => ip('netns', 'delete', name),
  };
}

/**
 * Runs a module text in a Node process inside the namespace.
 * @returns what it printed, parsed as JSON.
 */
export async function runInNamespace<T>(name: string, module: string): Promise<T> {
  const args = ['netns', 'exec', name, process.execPath, '--input-type=module', '--eval', module];
  const { stdout } = await promisify(execFile)('ip', args, { timeout: 20_000, maxBuffer: 1024 * 1024 });
  return JSON.parse(stdout) as T;
}
