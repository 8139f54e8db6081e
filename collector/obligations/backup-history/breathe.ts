/** Lets others have their turn: years of history take long, and reports must not wait for them. */
export function breathe(): Promise<void> {
  return new Promise((next) => setImmediate(next));
}
