import { momentForm, readMoment } from '../moment.ts';
import { commandLine } from '../command-line.ts';

const { wrongUsage, parse } = commandLine('export');
export { wrongUsage };

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  pd: { type: 'string' },
  label: { type: 'string', multiple: true },
  output: { type: 'string' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

export interface ExportArguments {
  pd: string | undefined;
  labels: readonly (readonly [name: string, value: string])[];
  output: string;
  config: string | undefined;
  data: string | undefined;
  /** What `--from` and `--to` mean in the zone of the Pemda. */
  range(timezone: string, nowMs: number): { fromMs: number; untilMs: number };
}

export function readExportArguments(args: readonly string[]): ExportArguments {
  const { values } = parse(args, { options });
  const { from, to, pd, label = [], output = '-', config, data } = values;
  if (from === undefined) throw wrongUsage('say from when with --from TIME');
  if (output === '') throw wrongUsage('--output needs the name of a file, or - for the standard output');
  return {
    pd,
    labels: labelsOf(label),
    output,
    config,
    data,
    range(timezone, nowMs) {
      const fromMs = momentOf('--from', from, timezone);
      const untilMs = to === undefined ? nowMs : momentOf('--to', to, timezone);
      if (fromMs >= untilMs) throw wrongUsage(`--from "${from}" must be before --to "${to ?? 'now'}"`);
      return { fromMs, untilMs };
    },
  };
}

function momentOf(option: string, text: string, timezone: string): number {
  const atMs = readMoment(text, timezone);
  if (atMs === undefined) throw wrongUsage(`${option} "${text}" must look like ${momentForm}`);
  return atMs;
}

const maxLabelLength = 200;
/** Those that most series have; any other is found once a series has it. */
const ownLabels = new Set(['pd', 'site', 'node', 'layer', 'target', 'probe', 'router', 'interface', 'mount', 'le']);

function labelsOf(texts: readonly string[]): [string, string][] {
  const labels = texts.map((text): [string, string] => {
    const at = text.indexOf('=');
    const [name, value] = [text.slice(0, at), text.slice(at + 1)];
    if (at < 1 || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.startsWith('__') || value === '') {
      throw wrongUsage(`--label "${text}" must look like job=pantau`);
    }
    if (text.length > maxLabelLength) throw wrongUsage(`--label "${name}" is longer than ${maxLabelLength} characters`);
    if (ownLabels.has(name)) throw wrongUsage(`--label "${name}" is a label of Pantau's own; choose another name`);
    return [name, value];
  });
  const twice = labels.find(([name], place) => labels.findIndex(([other]) => other === name) !== place);
  if (twice !== undefined) throw wrongUsage(`--label "${twice[0]}" is given twice`);
  return labels.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
