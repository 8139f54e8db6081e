import { flushCompileCache } from 'node:module';
import type { Command } from './command.ts';

/**
 * Loads what `run` loads, so that Node's compile cache holds it. The agent that starts afterwards then needs neither
 * the type stripper nor the parser, which halves its memory. Called by the launcher.
 */
export const warmCommand: Command = {
  usage: 'warm',
  help: 'Fills the compile cache; the launcher does this before "run".',
  options: {},
  positionalCount: 0,
  async run() {
    await import('./run.ts');
    // What an agent loads later, when it has routers to read.
    await import('../routers/poll-routers.ts');
    flushCompileCache();
    return 0;
  },
};
