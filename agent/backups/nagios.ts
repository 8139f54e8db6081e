import { setTimeout as pause } from 'node:timers/promises';
import { AppError, messageOf } from '../../shared/errors.ts';
import { createLineMask } from '../../shared/mask-lines.ts';
import { cleanReason } from '../sensors/clean-text.ts';
import type { BackupClaim, BackupDeps, BackupSource, Explanation, SourceSettings } from './backup-source.ts';
import { localCommand } from './tools/local-commands.ts';
import { bytesOf, parsePluginOutput, type PluginOutput, secondsOf } from './nagios/output.ts';
import type { ToolResult } from './tools/run-tool.ts';
import { lastLineOf } from './tools/tool-output.ts';
import { readSourceSettings } from './tools/tool-settings.ts';

export interface NagiosConfig {
  /** Name in commands.json. */
  command: string;
  timeoutMs: number;
  lookEveryMs: number;
}

const namePattern = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';
const usualTimeoutSeconds = 10;
const usualLookEverySeconds = 300;
/** A round waits so long for a plugin that has answered before. */
const patienceMs = 2000;
/** The plugin API allows one line, and people write more. */
const maxOutputBytes = 64 * 1024;
/** A plugin's age is in whole seconds and its clock is read at another moment than ours: so much is no difference. */
const sameMomentMs = 2000;
/** By exit code. All else, and a plugin that was killed or took too long, says nothing. */
const outcomes: Readonly<Record<number, 'ok' | 'warning' | 'failed'>> = { 0: 'ok', 1: 'warning', 2: 'failed' };

export const nagiosSource = {
  kind: 'nagios' as const,
  docs: 'Any Nagios plugin that this machine allows in commands.json: its state, and age and size from its figures.',
  config: async () => (await import('../../shared/backup-settings/sources/nagios.schema.ts')).NagiosSettingsSchema,
  parse: parseNagiosSettings,
  look: async (config, deps) => [await look(config, deps)],
  explain,
} satisfies BackupSource<NagiosConfig>;

/** @throws AppError `invalid-source-settings`. */
export function parseNagiosSettings(settings: SourceSettings): NagiosConfig {
  const reader = readSourceSettings(settings, ['command', 'timeoutSeconds', 'lookEverySeconds']);
  const command = reader.text('command', 'the name of a command in commands.json, say check-simda', namePattern);
  if (command === undefined) throw reader.fail('command', 'is missing: it names a command in commands.json');
  const { timeoutSeconds = usualTimeoutSeconds } = settings as Record<string, unknown>;
  if (!Number.isInteger(timeoutSeconds) || (timeoutSeconds as number) < 1 || (timeoutSeconds as number) > 60) {
    throw reader.fail('timeoutSeconds', 'must be a whole number of seconds from 1 to 60');
  }
  const lookEveryMs = reader.lookEverySeconds(usualLookEverySeconds) * 1000;
  return { command, timeoutMs: (timeoutSeconds as number) * 1000, lookEveryMs };
}

interface Kept {
  claim: BackupClaim | undefined;
  /** When the last look began. */
  atMs: number;
  running: Promise<void> | undefined;
}

/** Runs the plugin when it is time to, and tells what it said last otherwise. */
async function look(config: NagiosConfig, { dataFolder, clock, run, memory }: BackupDeps): Promise<BackupClaim> {
  const kept = (memory.get('plugin') ?? { claim: undefined, atMs: -Infinity, running: undefined }) as Kept;
  memory.set('plugin', kept);
  const nowMs = clock.monotonicMs();
  if (kept.running === undefined && nowMs - kept.atMs >= config.lookEveryMs) {
    kept.atMs = nowMs;
    kept.running = ask(config, { dataFolder, clock, run }).then((claim) => {
      kept.claim = steady(claim, kept.claim);
      kept.running = undefined;
    });
  }
  // A slow plugin goes on in the background; until it answers its last word stands.
  if (kept.claim === undefined) await kept.running;
  else if (kept.running !== undefined) await Promise.race([kept.running, pause(patienceMs, undefined, { ref: false })]);
  return kept.claim ?? { outcome: 'unknown', reason: 'the plugin has not answered yet' };
}

type AskDeps = Pick<BackupDeps, 'dataFolder' | 'clock' | 'run'>;

async function ask(config: NagiosConfig, deps: AskDeps): Promise<BackupClaim> {
  try {
    const result = await runPlugin(config, deps);
    return claimOf(result, deps.clock.nowMs());
  } catch (error) {
    return { outcome: 'unknown', reason: cleanReason(messageOf(error)) };
  }
}

function runPlugin({ command, timeoutMs }: NagiosConfig, { dataFolder, run }: AskDeps): Promise<ToolResult> {
  const [program, ...args] = localCommand(dataFolder, command);
  return run({ program, args, timeoutMs, maxOutputBytes });
}

/**
 * A plugin tells a state and not a backup. What is good, or good enough for a warning, counts as of its `age` before the
 * look when its figures have one, else as of the look.
 */
function claimOf(result: ToolResult, nowMs: number): BackupClaim {
  const { exitCode } = result;
  const output = parsePluginOutput(result.stdout);
  const outcome = exitCode === undefined ? undefined : outcomes[exitCode];
  const code = exitCode === undefined || exitCode > 255 ? {} : { exitCode };
  const reason = cleanReason(createLineMask()(sentenceOf(result, output)));
  if (outcome === undefined) return { outcome: 'unknown', reason, ...code };
  const sizeBytes = figureOf(output, 'size', bytesOf);
  const size = sizeBytes === undefined ? {} : { sizeBytes: Math.round(sizeBytes) };
  if (outcome === 'failed') return { outcome, reason, ...size, ...code };
  const ageSeconds = Math.max(0, figureOf(output, 'age', secondsOf) ?? 0);
  const completedAtMs = Math.max(0, Math.floor(nowMs / 1000 - ageSeconds) * 1000);
  const completedAt = new Date(completedAtMs).toISOString();
  // All is well: the plugin's own words change with each second of age, and a claim that changed is sent again.
  return outcome === 'ok'
    ? { outcome, completedAt, ...size, ...code }
    : { outcome, reason, completedAt, ...size, ...code };
}

function sentenceOf({ exitCode, signal, stderr }: ToolResult, { summary }: PluginOutput): string {
  if (exitCode === undefined) return `the plugin was ended by signal ${signal ?? 'unknown'}`;
  const words = summary === '' ? lastLineOf(stderr) : summary;
  if (words === '') return `the plugin said nothing (exit code ${exitCode})`;
  return exitCode <= 3 ? words : `${words} (exit code ${exitCode} is none of a plugin)`;
}

function figureOf(
  { performance }: PluginOutput,
  label: string,
  convert: (value: PluginOutput['performance'][number]) => number | undefined,
): number | undefined {
  const found = performance.find((each) => each.label.toLowerCase() === label);
  const value = found === undefined ? undefined : convert(found);
  return value === undefined || value > Number.MAX_SAFE_INTEGER || (label === 'size' && value < 0) ? undefined : value;
}

/** The same backup keeps its time, though it is worked out anew from an age in whole seconds each time. */
function steady(claim: BackupClaim, before: BackupClaim | undefined): BackupClaim {
  if (claim.completedAt === undefined || before?.completedAt === undefined) return claim;
  const isSame = Math.abs(Date.parse(claim.completedAt) - Date.parse(before.completedAt)) <= sameMomentMs;
  return isSame ? { ...claim, completedAt: before.completedAt } : claim;
}

async function explain(config: NagiosConfig, deps: BackupDeps): Promise<Explanation[]> {
  const { command } = config;
  let result: ToolResult;
  try {
    result = await runPlugin(config, deps);
  } catch (error) {
    const isTooSlow = error instanceof AppError && error.code === 'tool-timeout';
    const remedy = isTooSlow
      ? `give "${command}" a larger timeoutSeconds (at most 60), or find out what it waits for`
      : `correct "${command}" in commands.json of the agent's data folder`;
    return [{ text: `${messageOf(error)}.`, remedy }];
  }
  const output = parsePluginOutput(result.stdout);
  const said = cleanReason(createLineMask()(sentenceOf(result, output)));
  const figures = [
    figureOf(output, 'age', secondsOf) === undefined ? 'no age, so a good state counts as of the look' : 'an age',
    figureOf(output, 'size', bytesOf) === undefined ? 'no size' : 'a size',
  ];
  const text = `"${command}" ended with ${result.exitCode ?? result.signal ?? 'nothing'} and says: ${said}; it gives ${figures.join(' and ')}.`;
  const isPlugin = result.exitCode !== undefined && result.exitCode <= 2;
  if (isPlugin) return [{ text }];
  return [{ text, remedy: `run the command "${command}" of commands.json by hand as the agent's user` }];
}
