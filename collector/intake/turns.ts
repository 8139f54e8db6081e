/** Lets one piece of work run after the other. */
export interface Turns {
  /** @returns what the work does; one that fails does not hold up the next. */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

/**
 * Facts are worked out inside a commit and taken over after it. Two commits at once would both start from the same
 * facts, and the later one would undo what the earlier one learnt.
 */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const done = last.then(work);
      last = done.catch(() => {});
      return done;
    },
  };
}
