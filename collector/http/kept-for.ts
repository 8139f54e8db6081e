/**
 * Remembers what an expensive question was answered for a moment, so that strangers who ask it a thousand times a
 * second cost no more than one who asks once.
 */
export function keptFor<Value>(keepMs: number, nowMs: () => number, ask: () => Value): () => Value {
  let kept: { value: Value; untilMs: number } | undefined;
  return () => {
    const now = nowMs();
    // A clock that was set back must not keep an answer for hours.
    if (kept === undefined || now >= kept.untilMs || now < kept.untilMs - keepMs) {
      kept = { value: ask(), untilMs: now + keepMs };
    }
    return kept.value;
  };
}
