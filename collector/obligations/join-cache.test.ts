import { expect, it } from 'vitest';
import { noDatasetFacts } from '../facts/dataset-facts.ts';
import { cachedJoin } from './join-cache.ts';
import { record, wib } from './rules/backup/backup-facts.test-kit.ts';
import type { JoinArrival, JoinClaim } from './rules/backup/join.ts';

const atMs = wib('2026-11-22T01:30');
const made: JoinClaim = {
  outcome: 'ok',
  source: 'files',
  completedAtMs: atMs,
  startedAtMs: undefined,
  sizeBytes: 10,
  objectName: 'a.tar',
  objectId: undefined,
  repositoryId: undefined,
  sha256: undefined,
  exitCode: undefined,
  reason: undefined,
  record: record(1),
};
const there: JoinArrival = {
  vault: 'brankas',
  kind: 'file',
  objectName: 'a.tar',
  objectId: undefined,
  repositoryId: undefined,
  modifiedAtMs: atMs,
  arrivedAtMs: atMs,
  sizeBytes: 10,
  sha256: undefined,
  verifiedAtMs: undefined,
  state: 'present',
  reason: undefined,
  observedAtMs: atMs,
  record: record(2),
};

it('joins anew only when something was learnt or time has passed', () => {
  let joinCount = 0;
  const claims = { ...noDatasetFacts };
  const join = (arrivals: JoinArrival[], more = {}) => {
    const usual = { nowMs: atMs, arrivalWindowMs: 1, wholeUntilMs: new Map<string, number>(), isRestorable: false };
    const options = { ...usual, changesAtMs: undefined };
    const count = () => {
      joinCount += 1;
      return [made];
    };
    return cachedJoin(claims, count, arrivals, { ...options, ...more })[0]?.proof;
  };

  expect([join([there]), join([there]), joinCount]).toEqual(['arrived', 'arrived', 1]);
  expect([join([]), joinCount]).toEqual(['claimed', 2]);
  expect([join([{ ...there, verifiedAtMs: atMs }]), joinCount]).toEqual(['intact', 3]);
  expect([join([there], { isRestorable: true }), joinCount]).toEqual(['restorable', 4]);
  expect([join([there], { isRestorable: true, nowMs: atMs + 59_999 }), joinCount]).toEqual(['restorable', 4]);
  expect([join([there], { isRestorable: true, nowMs: atMs + 60_000 }), joinCount]).toEqual(['restorable', 5]);
  expect([join([there], { changesAtMs: atMs + 1 }), joinCount]).toEqual(['arrived', 6]);
  // A clock that was set back proves nothing either.
  expect([join([there], { changesAtMs: atMs + 1, nowMs: atMs - 1 }), joinCount]).toEqual(['arrived', 7]);
});
