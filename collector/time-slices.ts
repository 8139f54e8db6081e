/** How long the process may be kept from its other work at a time. */
const sliceMs = 4;

/** Long work in slices: between two of them everything else has its turn. */
export class TimeSlices {
  readonly #monotonicMs: () => number;
  #beganMs: number;

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs;
    this.#beganMs = monotonicMs();
  }

  get isOver(): boolean {
    return this.#monotonicMs() - this.#beganMs >= sliceMs;
  }

  async rest(): Promise<void> {
    await new Promise((next) => setImmediate(next));
    this.begin();
  }

  /** Also to be called after any other wait. */
  begin(): void {
    this.#beganMs = this.#monotonicMs();
  }
}
