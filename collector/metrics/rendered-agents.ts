import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import type { AgentRow } from '../store/rows.ts';
import { formatValue, labelText } from './exposition.ts';
import type { AgentFamily, Sample } from './family.ts';
import { nodeLabels } from './fleet-view.ts';

/** The lines of one agent, family after family, as they stand on the page. */
export interface RenderedAgent {
  /** Labels of its own node, as text. */
  own: string;
  /** Nodes of other names for which it speaks, as a vantage does, in the same form. */
  foreign: ReadonlySet<string> | undefined;
  /** Where the lines of each family end, then the lines. */
  bytes: Buffer;
}

/** Of one family in the bytes of any agent. */
export interface LinesPlace {
  startsAt(agent: RenderedAgent): number;
  endsAt(agent: RenderedAgent): number;
}

interface Kept extends RenderedAgent {
  facts: AgentFacts;
  isFresh: boolean;
}

const offsetBytes = 4;

/**
 * What agents said, kept as text until they say something else: facts are replaced and never changed, so what was
 * rendered from the same facts is still true. The memory of an agent is written anew in place.
 */
export class RenderedAgents {
  readonly #families: readonly AgentFamily[];
  readonly #kept = new Map<string, Kept>();
  #scratch = Buffer.allocUnsafeSlow(64 * 1024);

  constructor(families: readonly AgentFamily[]) {
    this.#families = families;
  }

  get count(): number {
    return this.#kept.size;
  }

  /** Its lines as of now; rendered only when something is another than before. */
  of(facts: AgentFacts, nowMs: number): RenderedAgent {
    const { id } = facts.row;
    const known = this.#kept.get(id);
    const fresh = isFresh(facts, nowMs);
    if (known !== undefined && known.facts === facts && known.isFresh === fresh) return known;
    const isSameNode = known !== undefined && known.facts.row === facts.row;
    const own = isSameNode ? known.own : labelText(nodeLabels(facts.row));
    const foreign = new Set<string>();
    const length = this.#render(this.#families.map((family) => textOf(family, { facts, fresh, own, foreign })));
    const next: Kept = known ?? { own, foreign: undefined, bytes: Buffer.alloc(0), facts, isFresh: fresh };
    next.own = own;
    next.foreign = foreign.size === 0 ? undefined : foreign;
    next.bytes = roomFor(next.bytes, length);
    next.facts = facts;
    next.isFresh = fresh;
    this.#scratch.copy(next.bytes, 0, 0, length);
    if (known === undefined) this.#kept.set(id, next);
    return next;
  }

  /** Forgets every agent but these. */
  keepOnly(ids: ReadonlySet<string>): void {
    if (ids.size === this.#kept.size) return;
    for (const id of this.#kept.keys()) if (!ids.has(id)) this.#kept.delete(id);
  }

  /** Where the lines of a family stand among those of an agent. @throws RangeError for a family that is not kept. */
  placeOf(family: AgentFamily): LinesPlace {
    const place = this.#families.indexOf(family);
    if (place === -1) throw new RangeError(`${family.name} is not rendered here.`);
    const headerBytes = this.#families.length * offsetBytes;
    return {
      startsAt: ({ bytes }) => (place === 0 ? headerBytes : bytes.readUInt32LE((place - 1) * offsetBytes)),
      endsAt: ({ bytes }) => bytes.readUInt32LE(place * offsetBytes),
    };
  }

  /** @returns how many bytes were written to the scratch. */
  #render(texts: readonly string[]): number {
    const all = texts.join('');
    const startsAt = texts.length * offsetBytes;
    const mostBytes = startsAt + all.length * 3;
    if (this.#scratch.length < mostBytes) this.#scratch = Buffer.allocUnsafeSlow(mostBytes * 2);
    const byteCount = this.#scratch.write(all, startsAt, 'utf8');
    const isAscii = byteCount === all.length;
    let endsAt = startsAt;
    for (const [place, text] of texts.entries()) {
      endsAt += isAscii ? text.length : Buffer.byteLength(text);
      this.#scratch.writeUInt32LE(endsAt, place * offsetBytes);
    }
    return startsAt + byteCount;
  }
}

/** The same memory when the lines fit in it well. */
function roomFor(bytes: Buffer, length: number): Buffer {
  const slackBytes = 64;
  const fits = length <= bytes.length && bytes.length <= length * 2 + slackBytes;
  return fits ? bytes : Buffer.allocUnsafeSlow(length + slackBytes);
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
