import { parseArgs } from 'node:util';
import { type IntervalSeconds, intervalChoicesSeconds } from '../../shared/agent-config-schema.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { loopbackUrl, loopbackWriteUrl } from './loopback-url.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/registry.ts';

export interface SimulateArguments {
  agentCount: number;
  scenario: Scenario;
  intervalSeconds: IntervalSeconds | undefined;
  durationSeconds: number | undefined;
  /** A collector that runs already; undefined starts one. */
  url: string | undefined;
  dataFolder: string | undefined;
  configPath: string | undefined;
  /** Of a collector of the simulation's own; the scenario's number when absent. */
  departmentCount: number | undefined;
  /** Where that collector listens; 0 takes a free port. */
  port: number;
  /** Where that collector writes every sample, in a scenario that has a configuration of its own. */
  remoteWriteUrl: string | undefined;
  keep: boolean;
}

const mostAgents = 20_000;
const mostDepartments = 900;
const longestSeconds = 30 * 86_400;

export function simulateUsage(): string {
  const width = Math.max(...scenarios.map((scenario) => scenario.name.length));
  const lines = scenarios.map(({ name, docs }) => `  ${name.padEnd(width)}  ${docs}`);
  return `Usage: npm run simulate -- [--agents N] [--scenario NAME] [--interval SECONDS] [--duration SECONDS]

Runs invented agents that speak the real protocol with keys of their own, against a collector of their own in a
temporary folder, so that a whole Kabupaten can be seen on one machine. Nothing leaves 127.0.0.1.

  --agents N          how many agents, 1 to ${mostAgents}; 40 when absent
  --scenario NAME     what happens to them; kabupaten when absent
  --interval SECONDS  one of ${intervalChoicesSeconds.join(', ')}; the scenario's own when absent
  --departments N     how many departments, 1 to ${mostDepartments}; the scenario's own number when absent
  --duration SECONDS  when to end; the scenario's own, or Ctrl-C, when absent
  --data DIR          where the collector keeps its data; used again, the same agents go on (a temporary folder when absent)
  --keep              leave the temporary folder there
  --port PORT         where the collector listens on 127.0.0.1; a free port when absent
  --remote-write URL  who gets every sample of the scenario lengkap, on this machine
  --url URL           a collector that runs on this machine already; needs its --data
  --config FILE       its configuration, when that is not <data>/pantau.yaml
  --help              show this text

Scenarios:
${lines.join('\n')}

Exit code: 0 ok, 1 something was lost or failed, 2 wrong usage.
`;
}

const options = {
  agents: { type: 'string', default: '40' },
  scenario: { type: 'string', default: 'kabupaten' },
  interval: { type: 'string' },
  duration: { type: 'string' },
  departments: { type: 'string' },
  port: { type: 'string' },
  'remote-write': { type: 'string' },
  data: { type: 'string' },
  url: { type: 'string' },
  config: { type: 'string' },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @returns undefined when help was asked for. @throws AppError `usage` that names the argument and what it may be. */
export function readSimulateArguments(args: readonly string[]): SimulateArguments | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  if (values.url !== undefined) refuseBesideUrl(values, values.url);
  else if (values.config !== undefined) throw usage('--config goes together with --url.');
  const scenario = scenarioNamed(values.scenario);
  const { url, data, config, keep, 'remote-write': remoteWrite } = values;
  if (remoteWrite !== undefined && scenario.config === undefined) {
    throw usage(`--remote-write is for the scenario lengkap; ${scenario.name} has no configuration of its own.`);
  }
  return {
    agentCount: wholeNumber('--agents', values.agents, mostAgents),
    scenario,
    intervalSeconds: values.interval === undefined ? undefined : intervalOf(values.interval),
    durationSeconds: optionalNumber('--duration', values.duration, longestSeconds),
    url,
    dataFolder: data,
    configPath: config,
    departmentCount: optionalNumber('--departments', values.departments, mostDepartments),
    port: optionalNumber('--port', values.port, 65_535) ?? 0,
    remoteWriteUrl: remoteWrite === undefined ? undefined : loopbackWriteUrl(remoteWrite),
    keep,
  };
}

type Values = ReturnType<typeof parse>;

function refuseBesideUrl(values: Values, url: string): void {
  loopbackUrl(url);
  if (values.data === undefined) throw usage('--url needs --data as well: the data folder of that collector.');
  if (values.keep) throw usage("--keep is for a collector of the simulation's own; with --url nothing is removed.");
  for (const name of ['departments', 'port', 'remote-write'] as const) {
    if (values[name] === undefined) continue;
    throw usage(`--${name} is for a collector of the simulation's own; with --url it is there already.`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const lost = /Unexpected argument/.test(messageOf(cause)) ? ' (With npm run, options follow after --.)' : '';
    throw usage(`${messageOf(cause)}${lost}`, cause);
  }
}

function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw usage(`--scenario "${name}" must be one of ${scenarios.map((each) => each.name).join(', ')}.`);
}

function intervalOf(text: string): IntervalSeconds {
  const found = intervalChoicesSeconds.find((seconds) => String(seconds) === text);
  if (found !== undefined) return found;
  throw usage(`--interval "${text}" must be one of ${intervalChoicesSeconds.join(', ')} seconds.`);
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  throw usage(`${name} "${text}" must be a whole number from 1 to ${most}.`);
}

function optionalNumber(name: string, text: string | undefined, most: number): number | undefined {
  return text === undefined ? undefined : wholeNumber(name, text, most);
}

function usage(message: string, cause?: unknown): AppError {
  return new AppError('usage', `${message} See "npm run simulate -- --help".`, { cause });
}
