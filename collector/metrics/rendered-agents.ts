import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import type { AgentRow } from '../store/rows.ts';
import { formatValue, labelText } from './exposition.ts';
import type { AgentFamily, Sample } from './family.ts';
import { nodeLabels } from './fleet-view.ts';
import { Shelf, slotsPerShelf } from './shelf.ts';

/** One agent of the page, and where its lines are. */
export interface RenderedAgent {
  /** Labels of its own node, as text. */
  own: string;
  /** Nodes of other names for which it speaks, as a vantage does, in the same form. */
  foreign: ReadonlySet<string> | undefined;
  shelf: Shelf;
  slot: number;
  /** Whether its place may meanwhile be another's. */
  isGone: boolean;
}

interface Kept extends RenderedAgent {
  facts: AgentFacts;
  isFresh: boolean;
}

/**
 * What agents said, kept as text until they say something else: facts are replaced and never changed, so what was
 * rendered from the same facts is still true. The memory of an agent is written anew in place.
 */
export class RenderedAgents {
  readonly #families: readonly AgentFamily[];
  readonly #kept = new Map<string, Kept>();
  readonly #free: { shelf: Shelf; slot: number }[] = [];
  #scratch = Buffer.allocUnsafeSlow(16 * 1024);

  constructor(families: readonly AgentFamily[]) {
    this.#families = families;
  }

  /** Its lines as of now; rendered only when something is another than before. */
  of(facts: AgentFacts, nowMs: number): RenderedAgent {
    const fresh = isFresh(facts, nowMs);
    const known = this.#kept.get(facts.row.id);
    if (known !== undefined && known.facts === facts && known.isFresh === fresh) return known;
    const own = known?.facts.row === facts.row ? known.own : labelText(nodeLabels(facts.row));
    const foreign = new Set<string>();
    const ends = this.#write(this.#families.map((family) => textOf(family, { facts, fresh, own, foreign })));
    const kept: Kept = known ?? { ...this.#freePlace(), own, foreign: undefined, facts, isFresh: fresh, isGone: false };
    Object.assign(kept, { own, foreign: foreign.size === 0 ? undefined : foreign, facts, isFresh: fresh });
    kept.shelf.put(kept.slot, this.#scratch, ends);
    this.#kept.set(facts.row.id, kept);
    return kept;
  }

  /** Forgets every agent but these. */
  keepOnly(ids: ReadonlySet<string>): void {
    if (ids.size === this.#kept.size) return;
    for (const [id, kept] of this.#kept) {
      if (ids.has(id)) continue;
      kept.isGone = true;
      kept.shelf.clear(kept.slot);
      this.#free.push({ shelf: kept.shelf, slot: kept.slot });
      this.#kept.delete(id);
    }
  }

  /** By which shelves know a family. @throws RangeError for one that is not kept. */
  placeOf(family: AgentFamily): number {
    const place = this.#families.indexOf(family);
    if (place === -1) throw new RangeError(`${family.name} is not rendered here.`);
    return place;
  }

  #freePlace(): { shelf: Shelf; slot: number } {
    if (this.#free.length === 0) {
      const shelf = new Shelf(this.#families.length);
      for (let slot = slotsPerShelf - 1; slot >= 0; slot -= 1) this.#free.push({ shelf, slot });
    }
    const place = this.#free.pop();
    if (place === undefined) throw new RangeError('A new shelf has room.');
    return place;
  }

  /** Writes the texts to the scratch, one after another. @returns where each ends. */
  #write(texts: readonly string[]): number[] {
    const all = texts.join('');
    const mostBytesPerUnit = 3;
    const mostBytes = all.length * mostBytesPerUnit;
    if (this.#scratch.length < mostBytes) this.#scratch = Buffer.allocUnsafeSlow(mostBytes * 2);
    const isAscii = this.#scratch.write(all, 'utf8') === all.length;
    let endsAt = 0;
    return texts.map((text) => (endsAt += isAscii ? text.length : Buffer.byteLength(text)));
  }
}

interface Rendering {
  facts: AgentFacts;
  fresh: boolean;
  own: string;
  foreign: Set<string>;
}

function textOf(family: AgentFamily, rendering: Rendering): string {
  const samples = family.samples(rendering.facts, rendering.fresh);
  // One series stands once, whatever an agent says: a scraper would refuse the whole page.
  const seen = samples.length > 1 ? new Set<string>() : undefined;
  let text = '';
  for (const { labels, value } of samples) {
    const told = labelsOf(labels, rendering);
    if (seen?.has(told) === true) continue;
    seen?.add(told);
    text += `${family.name}{${told}} ${formatValue(value)}\n`;
  }
  return text;
}

const ownLabelCount = 3;

function labelsOf(labels: Sample['labels'], { facts: { row }, own, foreign }: Rendering): string {
  const prefix = isOwn(labels, row) ? own : labelText(labels.slice(0, ownLabelCount));
  if (prefix !== own) foreign.add(prefix);
  return labels.length <= ownLabelCount ? prefix : `${prefix},${labelText(labels, ownLabelCount)}`;
}

function isOwn([pd, site, node]: Sample['labels'], row: AgentRow): boolean {
  return isPair(pd, 'pd', row.pd) && isPair(site, 'site', row.site) && isPair(node, 'node', row.node);
}

function isPair(pair: Sample['labels'][number] | undefined, name: string, value: string): boolean {
  return pair !== undefined && pair[0] === name && pair[1] === value;
}
