import type { IncidentRow } from '../store/incident-rows.ts';

export interface EndedIncident {
  id: string;
  resolvedAtMs: number;
}

/** Which incident of a case ended last, by `<obligation>|<subject>`. What is long over is forgotten. */
export class EndedIncidents {
  readonly #byCase = new Map<string, EndedIncident>();

  get(name: string): EndedIncident | undefined {
    return this.#byCase.get(name);
  }

  add({ id, obligation, subject, resolvedAtMs }: IncidentRow): void {
    const name = `${obligation}|${subject}`;
    // Those that ended last stand last, so that forgetting looks at few.
    this.#byCase.delete(name);
    if (resolvedAtMs !== undefined) this.#byCase.set(name, { id, resolvedAtMs });
  }

  delete(name: string): void {
    this.#byCase.delete(name);
  }

  forget(endedBeforeMs: number): void {
    for (const [name, { resolvedAtMs }] of this.#byCase) {
      if (resolvedAtMs >= endedBeforeMs) return;
      this.#byCase.delete(name);
    }
  }
}
