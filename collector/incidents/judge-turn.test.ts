import { expect, it } from 'vitest';
import { testConfig } from '../../test/kit/judging-bench.ts';
import { storeFile } from '../../test/kit/store-file.ts';
import { createLogger } from '../../shared/logger.ts';
import { createFleet } from '../facts/fleet.ts';
import { createCaseBook } from './case-book.ts';
import { emptyTurnState, judgeTurn } from './judge-turn.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const config = testConfig({
  datasets: [{ id: 'simpus', schedule: '0 1 * * *', source: { kind: 'files', path: '/x/*' } }],
});

/** Judges everything once. @param monotonicMs by which its slices are measured. @returns also how often others had their turn. */
async function judgedOnce(monotonicMs: () => number) {
  const { store } = storeFile();
  const book = createCaseBook(config);
  const state = emptyTurnState();
  const logger = createLogger(
    () => {},
    () => nowMs,
  );
  const deps = { store, fleet: createFleet(), random: Math.random, logger, config, book, startedAtMs: nowMs };
  let turnCount = 0;
  let isDone = false;
  const others = () => {
    turnCount += 1;
    if (!isDone) setImmediate(others);
  };
  setImmediate(others);
  await judgeTurn(book.all(), state, { ...deps, clock: { nowMs: () => nowMs, monotonicMs } });
  isDone = true;
  return { verdicts: [...state.verdicts.values()], turnCount, caseCount: book.all().length };
}

it('gives everything else a turn between two duties when it takes long, and finds the same', async () => {
  let elapsedMs = 0;
  const slow = await judgedOnce(() => (elapsedMs += 5));
  const quick = await judgedOnce(() => 0);

  expect(slow.caseCount).toBeGreaterThan(5);
  expect(slow.turnCount).toBeGreaterThanOrEqual(slow.caseCount - 1);
  expect(quick.turnCount).toBe(0);
  expect(slow.verdicts).toEqual(quick.verdicts);
});
