import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expressionsOf } from '../../dashboards/expressions.ts';
import { boards } from '../../dashboards/registry.ts';
import { root } from '../architecture/source-files.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { filledExpression, variablesIn } from './filled-expressions.ts';

const run = promisify(execFile);

/** promtool compares to the last bit, and rates are worked out with a few less. */
const grain = 2 ** -20;

/** What a board must answer of a world whose values are known. */
export interface Answer {
  board: string;
  /** Or `anotasi <name>`. */
  panel: string;
  /** Which of its questions, the first when absent. */
  question?: number;
  /** Value by labels, e.g. `pd="dinkes"`. */
  says: Record<string, number>;
  /** Labels of what it says is not known; nothing when absent. */
  unknown?: readonly string[];
}

export interface World {
  /** Between two values of a series. */
  intervalMinutes: number;
  /** When the board is looked at, and how far back it shows. */
  atMinutes: number;
  rangeMinutes: number;
  /** Asked then how it was `atMinutes`, for what looks ahead; what is not known then is left out. */
  knownUntilMinutes?: number;
  /** Of each series its values as promtool writes them, `NaNx24` too. */
  series: Record<string, string>;
  /** Others than "all". */
  variables?: Readonly<Record<string, string>>;
}

/**
 * Asks a board's question of promtool, with each series told by two Prometheus: nothing may be counted twice.
 *
 * @returns what promtool says of it: SUCCESS, or what was answered instead
 */
export async function judged(world: World, answer: Answer): Promise<string> {
  const file = join(temporaryFolder(), 'case.yml');
  const asked = asOfThen(world, questionOf(world, answer));
  const eval_time = `${world.knownUntilMinutes ?? world.atMinutes}m`;
  const known = {
    expr: `round((${asked}) > -Inf, ${grain})`,
    eval_time,
    exp_samples: Object.entries(answer.says).map(([labels, value]) => ({
      labels: `{${labels}}`,
      value: Math.round(value / grain) * grain,
    })),
  };
  // For promtool NaN is not like NaN.
  const notKnown = {
    expr: `((${asked}) != bool (${asked})) == 1`,
    eval_time,
    exp_samples: (answer.unknown ?? []).map((labels) => ({ labels: `{${labels}}`, value: 1 })),
  };
  const interval = `${world.intervalMinutes}m`;
  const tests = [{ interval, input_series: toldTwice(world.series), promql_expr_test: [known, notKnown] }];
  const rules = {
    rule_files: [join(root, 'dashboards/prometheus/rules/recording.yml')],
    evaluation_interval: interval,
  };
  writeFileSync(file, JSON.stringify({ ...rules, tests }));
  return run('promtool', ['test', 'rules', file]).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`,
  );
}

/** promtool knows of nothing that comes after the time of the question. */
function asOfThen({ knownUntilMinutes, atMinutes }: World, expr: string): string {
  if (knownUntilMinutes === undefined) return expr;
  return `last_over_time(((${expr}) >= 0)[1m:1m] @ ${atMinutes * 60})`;
}

/** As Grafana would ask it. */
function questionOf(world: World, { board, panel, question = 0 }: Answer): string {
  const found = boards.find(({ name }) => name === board);
  const query = found && expressionsOf(found).filter((each) => each.panel === panel)[question];
  if (query === undefined) throw new Error(`The board ${board} asks nothing in "${panel}".`);
  const all = Object.fromEntries(variablesIn(query.expr).map((name) => [name, []]));
  return filledExpression(query.expr, {
    rangeSeconds: world.rangeMinutes * 60,
    scrapeIntervalSeconds: world.intervalMinutes * 60,
    variables: { ...all, ...world.variables },
  });
}

function toldTwice(series: World['series']) {
  return Object.entries(series).flatMap(([name, values]) =>
    ['a', 'b'].map((replica) => ({ series: withLabel(name, `instance="${replica}"`), values: spread(values) })),
  );
}

function withLabel(name: string, label: string): string {
  return name.includes('{') ? name.replace('{', `{${label},`) : `${name}{${label}}`;
}

/** promtool knows no `NaNx24`. */
function spread(values: string): string {
  return values.replaceAll(/NaNx(\d+)/g, (_whole, count: string) =>
    Array(Number(count) + 1)
      .fill('NaN')
      .join(' '),
  );
}
