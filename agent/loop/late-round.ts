/**
 * Work that may outlast a report: it goes on in the background, never twice at a time, and its results come with the
 * first report after they are there.
 */
export class LateRound<Result> {
  #running: Promise<void> | undefined;
  #finished: Result[] = [];

  /**
   * Starts the work unless it still runs from before, waits for a while, and returns what has come so far.
   * @throws what `run` throws, when that happens within the wait.
   */
  async take(run: () => Promise<Result[]>, options: { waitMs: number; maxCount: number }): Promise<Result[]> {
    this.#running ??= run()
      .then((results) => void this.#finished.push(...results))
      .finally(() => {
        this.#running = undefined;
      });
    // When it fails after the wait nobody listens any more, which must not end the process.
    this.#running.catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, options.waitMs);
    });
    await Promise.race([this.#running, waited]).finally(() => clearTimeout(timer));
    return this.#finished.splice(0, options.maxCount);
  }
}
