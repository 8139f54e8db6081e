import { parseArgs } from 'node:util';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Bench } from './bench.ts';

export interface BenchArguments {
  /** The benches to run, in the order of the registry. */
  benches: readonly Bench[];
  isQuick: boolean;
}

const options = {
  only: { type: 'string', multiple: true },
  quick: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export function benchUsage(benches: readonly Bench[]): string {
  const width = Math.max(...benches.map(({ name }) => name.length));
  return `Usage: npm run bench -- [--only NAME]… [--quick]

Measures the collector and the agent beside a floor and beside programs that do the same work, in the same run. Each
figure stands beside its target; a missed target is no failure. Servers run on processor 0, the load on processor 1;
nothing leaves 127.0.0.1. Results: node_modules/.cache/bench/latest.json.

  --only NAME    run this bench; can be given several times
  --quick        fewer requests and shorter windows: to see that it works, not to quote
  --help         show this text

Benches:
${benches.map(({ name, docs }) => `  ${name.padEnd(width)}  ${docs}`).join('\n')}

Exit code: 0 measured, 1 something could not be measured, 2 wrong usage.
`;
}

/** @returns undefined when help was asked for. @throws AppError `usage` that names the argument and what it may be. */
export function readBenchArguments(args: readonly string[], benches: readonly Bench[]): BenchArguments | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { only = [], quick } = values;
  for (const name of only) {
    if (benches.some((bench) => bench.name === name)) continue;
    throw usage(`--only "${name}" must be one of ${benches.map((bench) => bench.name).join(', ')}.`);
  }
  return { benches: benches.filter(({ name }) => only.length === 0 || only.includes(name)), isQuick: quick };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw usage(messageOf(cause), cause);
  }
}

function usage(message: string, cause?: unknown): AppError {
  return new AppError('usage', `${message} See "npm run bench -- --help".`, { cause });
}
