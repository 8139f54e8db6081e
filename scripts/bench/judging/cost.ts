/** What work in this process took. */
export interface Cost {
  cpuMs: number;
  wallMs: number;
  /** The longest time between two beats of a 1 ms timer. */
  blockMs: number;
}

const beatMs = 1;

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  let lastMs = performance.now();
  let blockMs = 0;
  const look = () => {
    const nowMs = performance.now();
    blockMs = Math.max(blockMs, nowMs - lastMs - beatMs);
    lastMs = nowMs;
  };
  const beat = setInterval(look, beatMs);
  const beganMs = performance.now();
  const cpu = process.cpuUsage();
  try {
    await work();
    const wallMs = performance.now() - beganMs;
    const { user, system } = process.cpuUsage(cpu);
    look();
    return { cpuMs: (user + system) / 1000, wallMs, blockMs };
  } finally {
    clearInterval(beat);
  }
}
