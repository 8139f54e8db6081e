import { cleanText } from './clean-text.ts';

/** One row of an inventory: only what is known. */
export type InventoryRow = Record<string, string | number | boolean>;

/** What firmware and drivers write where a vendor filled in nothing. */
const placeholder =
  /^(-+|\.+|n\/?a|none|null|unknown|undefined|default string|not specified|not available|not applicable|no asset tag|to be filled by o\.?e\.?m\.?|system (serial number|product name|manufacturer|version)|0+|f{8}-.*|0{8}-0{4}-.*)$/i;

/** Drops what is empty or says nothing, cuts long texts, replaces control characters. */
export function row(values: Record<string, unknown>): InventoryRow {
  const kept: InventoryRow = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) kept[name] = value;
    if (typeof value !== 'string') continue;
    const text = cleanText(value.trim(), 256);
    if (text !== undefined && !placeholder.test(text)) kept[name] = text;
  }
  return kept;
}

/** Rows that say something, each once, at most so many. */
export function rows(values: Record<string, unknown>[], maxCount: number): InventoryRow[] {
  const unique = new Map<string, InventoryRow>();
  for (const value of values) {
    const kept = row(value);
    if (Object.keys(kept).length > 0) unique.set(JSON.stringify(kept), kept);
    if (unique.size >= maxCount) break;
  }
  return [...unique.values()];
}

/** A number above zero; systeminformation says 0, null or -1 for what it does not know. */
export function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}
