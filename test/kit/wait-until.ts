/** Waits for a condition by looking again, never longer than `timeoutMs`; the last look's error is the reason. */
export async function waitUntil<Value>(
  what: string,
  look: () => Promise<Value | undefined | false> | Value | undefined | false,
  timeoutMs = 15_000,
): Promise<Value> {
  const endsAtMs = Date.now() + timeoutMs;
  let last: string | undefined;
  while (Date.now() < endsAtMs) {
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
      last = undefined;
    } catch (error) {
      last = error instanceof Error ? error.message : 'it threw';
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`waited ${timeoutMs} ms in vain for: ${what}${last === undefined ? '' : ` (${last})`}`);
}
