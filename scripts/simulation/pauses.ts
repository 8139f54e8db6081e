/** Waiting that ends early, without an error, when the simulation is stopped. */
export interface Pauses {
  /** Resolves after the time, or at once when the simulation is over. */
  for(durationMs: number): Promise<void>;
}

/** One listener for all: a signal with ten thousand listeners of its own would be slow. */
export function createPauses(signal: AbortSignal): Pauses {
  const waiting = new Set<() => void>();
  signal.addEventListener('abort', () => {
    for (const wake of waiting) wake();
  });
  return {
    for: (durationMs) =>
      new Promise((resolve) => {
        if (signal.aborted || durationMs <= 0) {
          resolve();
          return;
        }
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, durationMs);
        waiting.add(wake);
      }),
  };
}
