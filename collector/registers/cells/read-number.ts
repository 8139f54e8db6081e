const largest = 1e12;

/** @returns the number, or what is wrong with it. A point or a comma stands before the decimals; thousands are not parted. */
export function readNumber(given: string | number): number | { problem: string } {
  if (typeof given === 'number') return inRange(given, String(given));
  const text = given.trim();
  const shown = `"${text.slice(0, 40)}"`;
  // 1.500 is one and a half to some people and fifteen hundred to others.
  if (/^[1-9]\d{0,2}([.,]\d{3})+$/.test(text)) {
    return { problem: `${shown} may be read in two ways; write it without parting thousands, such as 1500 or 1,5` };
  }
  if (!/^-?\d{1,15}([.,]\d{1,12})?$/.test(text)) return { problem: `${shown} is no number; write it like 20 or 12,5` };
  return inRange(Number(text.replace(',', '.')), shown);
}

/** A number in such a way that `readNumber` reads it again. */
export function writeNumber(value: number): string {
  const text = String(value);
  return /^[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}

function inRange(value: number, shown: string): number | { problem: string } {
  return value >= 0 && value <= largest ? value : { problem: `${shown} must be a number from 0 to ${largest}` };
}
