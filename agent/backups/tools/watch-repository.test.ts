import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackupClaim } from '../backup-source.ts';
import { sourceDeps } from './source-deps.test-kit.ts';
import { ToolProblem } from './tool-problem.ts';
import { type Figures, newestClaims, type RepositoryPlan, watchRepository } from './watch-repository.ts';

const claim = (objectId: string, more: Partial<BackupClaim> = {}): BackupClaim => ({
  outcome: 'ok',
  objectId,
  completedAt: `2026-11-2${objectId.length}T00:00:00.000Z`,
  ...more,
});
const locked = new ToolProblem('repository-locked', 'it is locked', 'wait');

/** A repository that holds what `holds` says, and what it was asked. */
function bench(more: Partial<RepositoryPlan> = {}) {
  const deps = sourceDeps(temporaryFolder());
  const asked: string[] = [];
  const state = { holds: [claim('a')] as BackupClaim[] | Error };
  const plan: RepositoryPlan = {
    program: 'restic',
    lookEverySeconds: 900,
    async look() {
      asked.push('look');
      if (state.holds instanceof Error) throw state.holds;
      return state.holds;
    },
    ...more,
  };
  const watch = async (now: Partial<RepositoryPlan> = {}) => (await watchRepository(deps, { ...plan, ...now })).claims;
  return { deps, asked, state, watch };
}

/** A question that is answered when the test says so. */
function question<Value>() {
  let answer: (value: Value | Promise<Value>) => void = () => {};
  const promise = new Promise<Value>((resolve) => (answer = resolve));
  return { promise, answer };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('watching a repository', () => {
  it('looks when the time is up or the mark is another, and remembers between', async () => {
    const { deps, asked, watch } = bench();
    for (const mark of ['1', '1', '2', '2', undefined]) await watch({ mark });
    expect(asked).toHaveLength(3);
    deps.clock.advanceMs(899_999);
    await watch();
    expect(asked).toHaveLength(3);
    deps.clock.advanceMs(1);
    await watch();
    expect(asked).toHaveLength(4);
  });

  it('is not led astray by a wall clock that jumps', async () => {
    const { deps, asked, watch } = bench();
    await watch();
    deps.clock.setMs(0);
    await watch();
    deps.clock.setMs(4e12);
    await watch();
    expect(asked).toHaveLength(1);
  });

  it('says why it could not look, and looks again after five minutes', async () => {
    const { deps, asked, state, watch } = bench();
    state.holds = new AppError('tool-timeout', 'restic did not answer within 120 seconds');
    const blind = {
      outcome: 'unknown',
      reason:
        'tool-timeout: restic did not answer within 120 seconds; look whether the storage of the repository answers',
    };
    expect(await watch()).toEqual([blind]);
    state.holds = [claim('a')];
    expect(await watch()).toEqual([blind]);
    deps.clock.advanceMs(300_000);
    expect(await watch()).toEqual([claim('a')]);
    state.holds = new Error('odd');
    deps.clock.advanceMs(900_000);
    expect(await watch()).toEqual([
      { outcome: 'unknown', reason: "tool-failed: odd; run restic by hand as the agent's user" },
    ]);
    expect(asked).toHaveLength(3);
  });

  it('does not ask while the repository is busy, and trusts what it saw for a day', async () => {
    const { deps, asked, watch } = bench();
    const reason = 'repository-locked: it is locked; wait';
    expect(await watch({ busy: locked })).toEqual([{ outcome: 'unknown', reason }]);
    expect(await watch()).toEqual([claim('a')]);
    deps.clock.advanceMs(86_400_000);
    expect(await watch({ busy: locked })).toEqual([claim('a')]);
    deps.clock.advanceMs(1);
    expect(await watch({ busy: locked })).toEqual([{ outcome: 'unknown', reason }]);
    expect(asked).toEqual(['look']);
  });

  it('lets nobody wait for a slow look when it knows something, and looks no second time meanwhile', async () => {
    const { deps, watch } = bench();
    await watch();
    deps.clock.advanceMs(900_000);
    const slow = question<BackupClaim[]>();
    let lookCount = 0;
    const look = () => {
      lookCount += 1;
      return slow.promise;
    };
    const waiting = [watch({ look, patienceMs: 20 }), watch({ look, patienceMs: 20 })];
    expect(await Promise.all(waiting)).toEqual([[claim('a')], [claim('a')]]);
    expect(lookCount).toBe(1);
    slow.answer([claim('bb')]);
    await turn();
    expect(await watch()).toEqual([claim('bb')]);
  });
});

describe('the size of the newest backup', () => {
  it('is asked once, and stays with it when newer ones come', async () => {
    const { deps, state, asked, watch } = bench({
      figures: async (objectId) => {
        asked.push(objectId);
        return { sizeBytes: objectId.length };
      },
    });
    expect(await watch()).toEqual([claim('a', { sizeBytes: 1 })]);
    state.holds = [claim('a'), claim('bb')];
    deps.clock.advanceMs(900_000);
    expect(await watch()).toEqual([claim('a', { sizeBytes: 1 }), claim('bb', { sizeBytes: 2 })]);
    deps.clock.advanceMs(900_000);
    await watch();
    expect(asked).toEqual(['look', 'a', 'look', 'bb', 'look']);
  });

  it('is not asked when the tool told it, or when there is no backup', async () => {
    const { deps, asked, state, watch } = bench({ figures: async () => ({ sizeBytes: 9 }) });
    state.holds = [claim('a', { sizeBytes: 4 })];
    expect(await watch()).toEqual([claim('a', { sizeBytes: 4 })]);
    state.holds = [{ outcome: 'no-data', reason: 'repository-empty' }];
    deps.clock.advanceMs(900_000);
    expect(await watch()).toEqual(state.holds);
    expect(asked).toEqual(['look', 'look']);
  });

  it('comes after the claim when it takes long, without another look', async () => {
    const slow = question<Figures>();
    const { asked, watch } = bench({ figures: () => slow.promise, figuresWithinMs: 10 });
    expect(await watch()).toEqual([claim('a')]);
    expect(await watch()).toEqual([claim('a')]);
    slow.answer({ sizeBytes: 5, fileCount: 2 });
    await turn();
    expect(await watch()).toEqual([claim('a', { sizeBytes: 5, fileCount: 2 })]);
    expect(asked).toEqual(['look']);
  });

  it('is asked again at the next look when it failed, but never when it takes too long', async () => {
    let answer: Error = new AppError('repository-locked', 'x');
    let askedCount = 0;
    const { deps, watch } = bench({
      figures: async () => {
        askedCount += 1;
        throw answer;
      },
    });
    await watch();
    await watch();
    expect(askedCount).toBe(1);
    answer = new AppError('tool-timeout', 'x');
    for (const _ of [1, 2, 3]) {
      deps.clock.advanceMs(900_000);
      expect(await watch()).toEqual([claim('a')]);
    }
    expect(askedCount).toBe(2);
  });

  it('is worked out for one repository of an agent at a time', async () => {
    const first = question<Figures>();
    const begun: string[] = [];
    const one = bench();
    const another = { ...sourceDeps(temporaryFolder()), run: one.deps.run };
    const plan = (name: string, answer: Promise<Figures>): RepositoryPlan => ({
      program: 'borg',
      lookEverySeconds: 900,
      figuresWithinMs: 10,
      look: async () => [claim('a')],
      figures: () => {
        begun.push(name);
        return answer;
      },
    });
    await watchRepository(one.deps, plan('first', first.promise));
    await watchRepository(another, plan('second', Promise.resolve({ sizeBytes: 1 })));
    expect(begun).toEqual(['first']);
    first.answer(Promise.reject(new Error('gone')));
    await turn();
    expect(begun).toEqual(['first', 'second']);
  });
});

describe('newestClaims', () => {
  it('are the newest 32, oldest first, whatever order they came in', () => {
    const moments = fc.array(fc.nat(1000), { maxLength: 60 });
    fc.assert(
      fc.property(moments, (minutes) => {
        const claims = minutes.map((minute, index) => ({
          outcome: 'ok' as const,
          objectId: String(index),
          completedAt: new Date(minute * 60_000).toISOString(),
        }));
        const times = newestClaims(claims, 'none').map(({ completedAt }) => completedAt);
        const expected = claims
          .map(({ completedAt }) => completedAt)
          .toSorted()
          .slice(-32);
        expect(times).toEqual(claims.length === 0 ? [undefined] : expected);
      }),
    );
  });

  it('leave those of the same moment as the tool listed them, whatever their ids are', () => {
    const claims = ['c', 'a', 'b'].map((objectId) => ({
      outcome: 'ok' as const,
      objectId,
      completedAt: '2026-11-22T03:00:00.000Z',
    }));

    expect(newestClaims(claims, 'none').map(({ objectId }) => objectId)).toEqual(['c', 'a', 'b']);
  });

  it('say no-data when there is none', () => {
    expect(newestClaims([], 'repository-empty')).toEqual([{ outcome: 'no-data', reason: 'repository-empty' }]);
  });
});
