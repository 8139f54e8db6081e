import { text } from 'node:stream/consumers';
import { configProblem } from './check-configuration.ts';

/** The child of check-child.ts: document on stdin, agent id as the argument, `{"problem": …}` on file 1. */
const problem = await configProblem(await text(process.stdin), process.argv[2] ?? '');
process.exitCode = 0;
await new Promise<void>((resolve) => {
  process.stdout.write(JSON.stringify(problem === undefined ? {} : { problem }), () => resolve());
});
