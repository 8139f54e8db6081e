import type { FleetView } from './fleet-view.ts';
import type { RenderedAgent, RenderedAgents } from './rendered-agents.ts';
import type { TimeSlices } from '../time-slices.ts';

/** The agents of one page, in its order; those that were revoked are not among them. */
export class ShownAgents {
  readonly agents: readonly RenderedAgent[];
  /** Nodes for which more than one may speak. */
  readonly #shared: ReadonlySet<string>;

  private constructor(agents: readonly RenderedAgent[]) {
    this.agents = agents;
    this.#shared = sharedNodes(agents);
  }

  static async of(view: FleetView, rendered: RenderedAgents, slices: TimeSlices): Promise<ShownAgents> {
    const agents: RenderedAgent[] = [];
    const ids = new Set<string>();
    for (const facts of view.fleet.agents()) {
      if (facts.row.revokedAtMs !== undefined) continue;
      ids.add(facts.row.id);
      agents.push(rendered.of(facts, view.nowMs));
      if (slices.isOver) await slices.rest();
    }
    rendered.keepOnly(ids);
    return new ShownAgents(agents);
  }

  /** Whether a line of it may stand among those of another agent too. */
  mayRepeat({ own, foreign }: RenderedAgent): boolean {
    return foreign !== undefined || this.#shared.has(own);
  }
}

function sharedNodes(agents: readonly RenderedAgent[]): Set<string> {
  const known = new Set<string>();
  const shared = new Set<string>();
  for (const { own, foreign } of agents) {
    if (known.has(own)) shared.add(own);
    known.add(own);
    for (const node of foreign ?? []) shared.add(node);
  }
  return shared;
}
