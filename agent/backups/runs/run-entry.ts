import { cleanReason, cleanText } from '../../sensors/clean-text.ts';
import type { JournalEntry } from '../journal.ts';

/** What the journal holds of one run of a backup command. */
export interface RunningRun {
  state: 'running';
  runId: string;
  tool: string;
  startedAt: string;
  pid: number;
  /** Names the process that waits for the command, for ever (process-facts.ts). */
  process: string;
}

export interface EndedRun {
  state: 'ended';
  runId: string;
  tool: string;
  startedAt: string;
  completedAt: string;
  /** By a clock that does not jump. */
  durationMs: number;
  outcome: 'ok' | 'warning' | 'failed';
  exitCode: number;
  /** Name of the signal that ended it. */
  signal?: string;
  /** In words, unless all is well. */
  reason?: string;
  /** Of standard output and standard error together, as far as they ran through us. */
  outputBytes?: number;
  /** At most 20, of at most 200 characters, without secrets. */
  lastLines: string[];
}

export type Run = RunningRun | EndedRun;

export const keptLineCount = 20;
const maxLineLength = 200;
const outcomes = ['ok', 'warning', 'failed'];

/**
 * Reads an entry by hand: the running agent has no schema library. What does not fit is no run of ours.
 * @returns undefined for what cannot be told of in a report.
 */
export function parseRun({ id, value }: JournalEntry): Run | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const startedAt = instantOf(fields['startedAt']);
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(id) || startedAt === undefined) return undefined;
  const base = { runId: id, tool: textOf(fields['tool'], 64) ?? 'command', startedAt };
  if (fields['state'] === 'running') {
    const process = textOf(fields['process'], 100);
    return process === undefined ? undefined : { ...base, state: 'running', pid: countOf(fields['pid']) ?? 0, process };
  }
  return fields['state'] === 'ended' ? parseEnd(fields, base) : undefined;
}

function parseEnd(
  fields: Record<string, unknown>,
  base: Pick<EndedRun, 'runId' | 'tool' | 'startedAt'>,
): EndedRun | undefined {
  const completedAt = instantOf(fields['completedAt']);
  const outcome = outcomes.find((known) => known === fields['outcome']) as EndedRun['outcome'] | undefined;
  const exitCode = countOf(fields['exitCode']);
  if (completedAt === undefined || outcome === undefined || exitCode === undefined) return undefined;
  const [reason, signal] = [textOf(fields['reason'], 256), textOf(fields['signal'], 16)];
  const outputBytes = countOf(fields['outputBytes']);
  const lines = Array.isArray(fields['lastLines']) ? fields['lastLines'].slice(-keptLineCount) : [];
  return {
    ...base,
    state: 'ended',
    completedAt,
    durationMs: countOf(fields['durationMs']) ?? 0,
    outcome,
    exitCode,
    ...(signal === undefined ? {} : { signal }),
    ...(reason === undefined ? {} : { reason: cleanReason(reason) }),
    ...(outputBytes === undefined ? {} : { outputBytes }),
    lastLines: lines.flatMap((line) => textOf(line, maxLineLength) ?? []),
  };
}

function textOf(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' ? cleanText(value, maxLength) : undefined;
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** In the form that reports have, whatever form it came in. */
function instantOf(value: unknown): string | undefined {
  const atMs = typeof value === 'string' && value.length <= 30 ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(atMs)) return undefined;
  const text = new Date(atMs).toISOString();
  return /^\d{4}-/.test(text) ? text : undefined;
}
