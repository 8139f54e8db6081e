import { cleanReason } from '../../sensors/clean-text.ts';
import type { BackupClaim, BackupDeps } from '../backup-source.ts';
import type { RunTool } from './run-tool.ts';
import { problemClaim, type ToolProblem, toolProblemOf } from './tool-problem.ts';

/** What is expensive to learn of one backup. */
export type Figures = Pick<BackupClaim, 'sizeBytes' | 'fileCount'>;

/** How to look at a repository through its own tool, which costs a process each time. */
export interface RepositoryPlan {
  program: string;
  /** A look is repeated after this time, or when the mark is another. */
  lookEverySeconds: number;
  /** Cheap to see, and another after each new backup; undefined where there is no such thing. */
  mark?: string | undefined;
  /** Why the tool must not be asked now, because a backup is being made. */
  busy?: ToolProblem | undefined;
  /** Oldest first, and one claim `no-data` when there is none. */
  look: () => Promise<BackupClaim[]>;
  /** Size and count of one backup, which may take minutes; asked for the newest when its claim has no size. */
  figures?: (objectId: string) => Promise<Figures>;
  /** What was seen earlier stands for the present only once a look has taken this long; 10 seconds. */
  patienceMs?: number;
  /** The newest claim waits so long for its size, which comes after it otherwise; 5 seconds. */
  figuresWithinMs?: number;
}

export interface RepositoryState {
  claims: BackupClaim[];
  /** Why the repository could not be looked at; the only claim says so too. */
  problem?: ToolProblem;
}

/** A failed look is repeated sooner: somebody may be at work on it. */
const lookAgainAfterMs = 300_000;
/** A repository that is busy for longer than this is no longer taken on trust. */
const busyAtMostMs = 86_400_000;

interface Kept {
  /** Of the last look; undefined before the first. */
  last: { state: RepositoryState; atMs: number; mark: string | undefined } | undefined;
  /** The claims of the last look that succeeded. */
  good: { claims: BackupClaim[]; atMs: number } | undefined;
  running: Promise<void> | undefined;
  /** By the backup's id; `hopeless` takes too long to learn. */
  figures: Map<string, Figures | 'asked' | 'hopeless'>;
}

/** Looks when it is time to, and tells what the last look saw otherwise. Never throws what the plan throws. */
export async function watchRepository(deps: BackupDeps, plan: RepositoryPlan): Promise<RepositoryState> {
  const { memory, clock } = deps;
  const kept = (memory.get('repository') ?? { figures: new Map() }) as Kept;
  memory.set('repository', kept);
  const nowMs = clock.monotonicMs();
  if (kept.running === undefined && plan.busy !== undefined) return busyState(kept, plan.busy, nowMs);
  if (kept.running === undefined && isDue(kept, plan, nowMs)) {
    kept.running = lookOnce(kept, plan, deps).finally(() => (kept.running = undefined));
  }
  if (kept.last === undefined) await kept.running;
  else if (kept.running !== undefined) await within(kept.running, plan.patienceMs ?? 10_000);
  return kept.last === undefined ? { claims: [] } : withFigures(kept.last.state, kept);
}

/** So many of the newest backups are claimed; that is a month of nightly ones. */
export const claimedCount = 32;

/**
 * The newest of the backups, oldest first; those of the same moment stay in the order in which the tool listed them.
 * @param emptyReason what the one claim says when there is none.
 */
export function newestClaims(claims: readonly BackupClaim[], emptyReason: string): BackupClaim[] {
  if (claims.length === 0) return [{ outcome: 'no-data', reason: emptyReason }];
  const key = ({ completedAt = '', startedAt = '' }: BackupClaim) => `${completedAt} ${startedAt}`;
  // The tools list the newest last: of two that ended at the same moment the later one in the list is newer.
  const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return claims.toSorted((a, b) => compare(key(a), key(b))).slice(-claimedCount);
}

function isDue({ last }: Kept, { lookEverySeconds, mark }: RepositoryPlan, nowMs: number): boolean {
  if (last === undefined || last.mark !== mark) return true;
  const everyMs = lookEverySeconds * 1000;
  return nowMs - last.atMs >= (last.state.problem === undefined ? everyMs : Math.min(everyMs, lookAgainAfterMs));
}

function busyState(kept: Kept, busy: ToolProblem, nowMs: number): RepositoryState {
  const { good } = kept;
  if (good === undefined || nowMs - good.atMs > busyAtMostMs) return { claims: [problemClaim(busy)], problem: busy };
  return withFigures({ claims: good.claims }, kept);
}

async function lookOnce(kept: Kept, plan: RepositoryPlan, deps: BackupDeps): Promise<void> {
  const atMs = deps.clock.monotonicMs();
  try {
    const claims = await plan.look();
    kept.good = { claims, atMs };
    kept.last = { state: { claims }, atMs, mark: plan.mark };
    const ids = new Set(claims.map(({ objectId }) => objectId));
    for (const id of kept.figures.keys()) if (!ids.has(id)) kept.figures.delete(id);
    const learning = learnFigures(kept, plan, deps);
    if (learning !== undefined) await within(learning, plan.figuresWithinMs ?? 5000);
  } catch (error) {
    const problem = toolProblemOf(error, plan.program);
    kept.last = { state: { claims: [problemClaim(problem)], problem }, atMs, mark: plan.mark };
  }
}

/** Asks for the figures of the newest backup, in the background and once. */
function learnFigures(kept: Kept, plan: RepositoryPlan, deps: BackupDeps): Promise<void> | undefined {
  const newest = kept.good?.claims.at(-1);
  const id = newest?.objectId;
  if (plan.figures === undefined || id === undefined || newest?.sizeBytes !== undefined) return undefined;
  if (kept.figures.has(id)) return undefined;
  kept.figures.set(id, 'asked');
  const { figures } = plan;
  return oneAtATime(deps.run, () => figures(id)).then(
    (learnt) => void kept.figures.set(id, learnt),
    (error: unknown) => {
      const { code, message } = toolProblemOf(error, plan.program);
      deps.logger.warn('The size of a backup is not known.', { dataset: deps.dataset, reason: cleanReason(message) });
      // Asking again each time would keep the machine busy for ever; what passes by itself is asked at the next look.
      if (code === 'tool-timeout' || code === 'tool-output-too-large') kept.figures.set(id, 'hopeless');
      else kept.figures.delete(id);
    },
  );
}

function withFigures(state: RepositoryState, { figures }: Kept): RepositoryState {
  const claims = state.claims.map((claim) => {
    const known = claim.objectId === undefined ? undefined : figures.get(claim.objectId);
    return typeof known === 'object' ? { ...known, ...claim } : claim;
  });
  return { ...state, claims };
}

/** Per agent: two tools that read whole repositories at once would need more memory than the service may have. */
const queues = new WeakMap<RunTool, Promise<unknown>>();

function oneAtATime<Value>(run: RunTool, work: () => Promise<Value>): Promise<Value> {
  const turn = (queues.get(run) ?? Promise.resolve()).then(work, work);
  queues.set(run, turn);
  return turn;
}

async function within(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise((resolve) => (timer = setTimeout(resolve, timeoutMs)));
  await Promise.race([work, enough]).finally(() => clearTimeout(timer));
}
