import type { PageWriter } from './page-writer.ts';

/** How many agents share one memory. */
export const slotsPerShelf = 256;
const windowBytes = 16 * 1024;
const slackBytes = 96;

interface Slot {
  startsAt: number;
  roomBytes: number;
}

/**
 * The lines of some agents in one memory, agent after agent. A page wants them family after family: many small copies,
 * which are ten times as fast within one memory as from one to another. So they are gathered in a window of the same.
 */
export class Shelf {
  readonly #familyCount: number;
  /** The window, then the lines. */
  #bytes: Buffer = Buffer.allocUnsafeSlow(windowBytes);
  #endAt = windowBytes;
  readonly #slots: (Slot | undefined)[] = [];
  /** Where the lines of a family of a slot begin; those of one family lie side by side. */
  readonly #starts: Uint32Array;
  #gathered = 0;

  constructor(familyCount: number) {
    this.#familyCount = familyCount;
    this.#starts = new Uint32Array((familyCount + 1) * slotsPerShelf);
  }

  /** @param ends where the lines of each family end in the text. */
  put(slot: number, text: Buffer, ends: readonly number[]): void {
    const length = ends.at(-1) ?? 0;
    let place = this.#slots[slot];
    if (place === undefined || place.roomBytes < length) {
      place = { startsAt: 0, roomBytes: length + slackBytes };
      this.#slots[slot] = undefined;
      place.startsAt = this.#roomFor(place.roomBytes);
      this.#slots[slot] = place;
    }
    text.copy(this.#bytes, place.startsAt, 0, length);
    this.#starts[slot] = place.startsAt;
    for (let family = 0; family < this.#familyCount; family += 1) {
      this.#starts[(family + 1) * slotsPerShelf + slot] = place.startsAt + (ends[family] ?? 0);
    }
  }

  clear(slot: number): void {
    this.#slots[slot] = undefined;
  }

  isEmpty(slot: number, family: number): boolean {
    return this.#startOf(slot, family) === this.#startOf(slot, family + 1);
  }

  textOf(slot: number, family: number): string {
    return this.#bytes.toString('utf8', this.#startOf(slot, family), this.#startOf(slot, family + 1));
  }

  /** Adds the lines to what is gathered. */
  gather(slot: number, family: number, writer: PageWriter): void {
    const startsAt = this.#startOf(slot, family);
    const endsAt = this.#startOf(slot, family + 1);
    if (this.#gathered + endsAt - startsAt > windowBytes) this.hand(writer);
    if (endsAt - startsAt > windowBytes) {
      writer.copy(this.#bytes, startsAt, endsAt);
      return;
    }
    this.#bytes.copyWithin(this.#gathered, startsAt, endsAt);
    this.#gathered += endsAt - startsAt;
  }

  /** Writes what is gathered. Nothing may be gathered for another page before. */
  hand(writer: PageWriter): void {
    writer.copy(this.#bytes, 0, this.#gathered);
    this.#gathered = 0;
  }

  #startOf(slot: number, family: number): number {
    return this.#starts[family * slotsPerShelf + slot] ?? 0;
  }

  /** Lays the lines of all slots close together when there is no room left at the end. */
  #roomFor(byteCount: number): number {
    if (this.#endAt + byteCount > this.#bytes.length) this.#rearrange(byteCount);
    const startsAt = this.#endAt;
    this.#endAt += byteCount;
    return startsAt;
  }

  #rearrange(byteCount: number): void {
    const usedBytes = this.#slots.reduce((sum, slot) => sum + (slot?.roomBytes ?? 0), byteCount);
    const knownCount = this.#slots.filter((slot) => slot !== undefined).length + 1;
    // Those that are still to come will be like those that are here.
    const growth = knownCount < slotsPerShelf / 2 ? 2 : Math.max(1.06, slotsPerShelf / Math.max(knownCount, 1));
    const bytes = Buffer.allocUnsafeSlow(windowBytes + Math.ceil(usedBytes * Math.min(growth, 2)));
    let endAt = windowBytes;
    for (const [number, slot] of this.#slots.entries()) {
      if (slot === undefined) continue;
      const movedBy = endAt - slot.startsAt;
      this.#bytes.copy(bytes, endAt, slot.startsAt, slot.startsAt + slot.roomBytes);
      for (let family = 0; family <= this.#familyCount; family += 1) {
        const at = family * slotsPerShelf + number;
        this.#starts[at] = (this.#starts[at] ?? 0) + movedBy;
      }
      slot.startsAt = endAt;
      endAt += slot.roomBytes;
    }
    this.#bytes = bytes;
    this.#endAt = endAt;
  }
}
