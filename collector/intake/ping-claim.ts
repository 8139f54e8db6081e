import type { DatasetFacts } from '../facts/dataset-facts.ts';
import { type ClaimRow, collectorKey, type PingRow } from '../store/rows.ts';
import { heartbeatSource, runIdOf, startOfRun } from './ping-run.ts';

export interface HeardPing {
  row: PingRow;
  /** When it happened by the caller's own clock, if it told. */
  saidAtMs: number | undefined;
  /** The last lines of a job that did not end well, fit to be shown. */
  lastLines: string[];
}

/**
 * What a ping claims of its dataset; undefined when it claims nothing.
 * @param number of the ping in the store; together with the dataset it names the ping as evidence.
 * @param facts what is known of the dataset so far.
 */
export function pingClaim(heard: HeardPing, number: number, facts: DatasetFacts | undefined): ClaimRow | undefined {
  const { row, saidAtMs, lastLines } = heard;
  const { pd, dataset, kind, atMs, exitStatus } = row;
  if (kind === 'log') return undefined;
  const runId = runIdOf(row, facts);
  const claim = {
    pd,
    dataset,
    agentKey: collectorKey,
    source: heartbeatSource,
    runId,
    objectName: undefined,
    objectId: undefined,
    repositoryId: undefined,
    sizeBytes: undefined,
    fileCount: undefined,
    sha256: undefined,
    observedAtMs: atMs,
    // The address of the ping is a secret; its dataset and number are not.
    record: { agent: 'ping', session: `${pd}/${dataset}`, seq: number },
  };
  const noEnd = { completedAtMs: undefined, saidCompletedAtMs: undefined, exitCode: undefined, lastLines: [] };
  if (kind === 'start') return { ...claim, ...noEnd, outcome: 'running', reason: undefined, startedAtMs: atMs };
  const isFailure = kind === 'fail';
  return {
    ...claim,
    outcome: isFailure ? 'failed' : 'ok',
    reason: isFailure && exitStatus === undefined ? 'the job reported that it failed' : undefined,
    startedAtMs: startOfRun({ atMs, runId }, facts),
    completedAtMs: atMs,
    saidCompletedAtMs: saidAtMs ?? atMs,
    exitCode: exitStatus,
    lastLines: isFailure ? lastLines : [],
  };
}
