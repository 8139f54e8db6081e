import { rssAnonBytes } from '../process-figures.ts';

export interface PeakMemory {
  /** The most that the process had since the watch began. */
  bytes(): number;
  end(): void;
}

/** Looks at the memory of a process every 20 ms. */
export function watchMemory(pid: number): PeakMemory {
  let mostBytes = rssAnonBytes(pid);
  const timer = setInterval(() => {
    mostBytes = Math.max(mostBytes, rssAnonBytes(pid));
  }, 20);
  return { bytes: () => mostBytes, end: () => clearInterval(timer) };
}
