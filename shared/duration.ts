const unitSeconds = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 } as const;

/** The pattern of a duration in configuration files: `90s`, `15m`, `6h`, `30d`, `2w`. */
export const durationPattern = '^[1-9]\\d{0,5}(s|m|h|d|w)$';

/** @throws RangeError when the text does not have that form (schemas check first). */
export function durationSeconds(text: string): number {
  const unit = text.at(-1) as keyof typeof unitSeconds | undefined;
  const count = Number(text.slice(0, -1));
  if (!new RegExp(durationPattern).test(text) || unit === undefined) throw new RangeError(`not a duration: ${text}`);
  return count * unitSeconds[unit];
}
