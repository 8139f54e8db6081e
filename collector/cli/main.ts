import type { CommandIo } from './command.ts';
import { dispatch } from './dispatch.ts';
import { version } from '../version.ts';
import { commands } from './registry.ts';

const io: CommandIo = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  env: process.env,
  workingFolder: process.cwd(),
};

// Who read the output has seen enough, as in `… | head`: nothing is left to be done for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});

// The exit code is set and not forced, so that what was written still reaches a pipe.
process.exitCode = await dispatch(process.argv.slice(2), { commands, version, io });
