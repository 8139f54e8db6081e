import { join } from 'node:path';
import { agentMain, collectorMain, type Running, runProgram, startProgram } from './programs.ts';

/** Makes a token with the collector's own command and enrols an agent with it, as an administrator would. */
export async function enrolAgent(options: {
  collectorData: string;
  collectorUrl: string;
  agentData: string;
  pd: string;
  node: string;
  roles?: string[];
  /** A command to run the enrolment under, e.g. in a namespace. */
  prefix?: string[];
  allowPlainHttp?: boolean;
}): Promise<void> {
  const roles = (options.roles ?? []).flatMap((role) => ['--role', role]);
  // The port was chosen by the system: the token is made for the address that is really listened on.
  const token = await runProgram(collectorMain, [
    'token',
    'create',
    '--pd',
    options.pd,
    '--url',
    options.collectorUrl,
    ...roles,
    '--data',
    options.collectorData,
  ]);
  if (token.code !== 0) throw new Error(`no token: ${token.stderr}`);
  const enrol = ['enroll', token.stdout.trim(), '--node', options.node, '--data', options.agentData];
  const transport = options.allowPlainHttp === true ? ['--allow-plain-http'] : [];
  const enrolled = await runProgram(agentMain, [...enrol, ...transport], {}, options.prefix);
  if (enrolled.code !== 0) throw new Error(`not enrolled: ${enrolled.stderr}`);
}

/** Starts an enrolled agent for the rest of the test. @param prefix a command to run it under, e.g. in a namespace. */
export function runAgent(agentData: string, prefix: string[] = []): Running {
  const env = { NODE_COMPILE_CACHE: join(agentData, 'cache') };
  const command = [...prefix, process.execPath, agentMain, 'run', '--data', agentData];
  return startProgram(command, env, undefined, prefix.length > 0);
}
