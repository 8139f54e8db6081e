import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Outlet } from './output-pipes.ts';
import type { Relay } from './relay.ts';

export interface OpenRelay extends Outlet {
  relay: Relay;
}

export interface Drained {
  /** The system's code when an output did not take everything. */
  problem?: string;
  /** An output takes nothing, and we were asked to end. */
  isStuck: boolean;
}

const relayScript = fileURLToPath(new URL('relay-main.ts', import.meta.url));
/** A pipe that brings nothing for so long after the command's end is held open by something that it left behind. */
const quietMs = 500;
/** More than a pipe holds: what comes after so much was not written by the command itself. */
const pipeBytes = 1024 * 1024;
/** How long somebody who was asked to end waits for a reader who does not read. */
const patienceMs = 2000;

/**
 * Waits after the command's end until its output has gone out. What it left running in the background keeps its output:
 * a process of its own goes on carrying it, so that we can end as the command did.
 */
export async function drain(relays: readonly OpenRelay[], isAskedToEnd: () => boolean): Promise<Drained> {
  const results = await Promise.all(
    relays.map(async (each) => ({ each, state: await settle(each.relay, isAskedToEnd) })),
  );
  const open = results.filter(({ state }) => state.kind === 'open').map(({ each }) => each);
  for (const { relay } of open) await relay.stop();
  if (open.length > 0) await handOver(open);
  const problem = results.flatMap(({ state }) => (state.kind === 'done' ? (state.problem ?? []) : []))[0];
  const isStuck = results.some(({ state }) => state.kind === 'stuck');
  return { isStuck, ...(problem === undefined ? {} : { problem }) };
}

type State = { kind: 'done'; problem: string | undefined } | { kind: 'open' } | { kind: 'stuck' };

async function settle(relay: Relay, isAskedToEnd: () => boolean): Promise<State> {
  const atEndBytes = relay.carriedBytes();
  for (let stuckMs = 0; ;) {
    const beforeBytes = relay.carriedBytes();
    const state = await Promise.race([
      relay.done.then((problem): State => ({ kind: 'done', problem })),
      pause(quietMs, undefined, { ref: false }),
    ]);
    if (state !== undefined) return state;
    const isQuiet = relay.carriedBytes() === beforeBytes;
    if (isQuiet && !relay.isWriting()) return { kind: 'open' };
    if (relay.carriedBytes() - atEndBytes > pipeBytes) return { kind: 'open' };
    stuckMs = isQuiet ? stuckMs + quietMs : 0;
    if (stuckMs >= patienceMs && isAskedToEnd()) return { kind: 'stuck' };
  }
}

function handOver(open: readonly OpenRelay[]): Promise<void> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const pairs = open.flatMap(({ toFd }, index) => [String(index + 3), String(toFd)]);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [relayScript, ...pairs], {
      stdio: ['ignore', 1, 2, ...open.map(({ readFd }) => readFd)],
    });
    child.once('spawn', resolve);
    child.once('error', () => resolve());
    child.unref();
  });
}
