import { cleanText } from '../../sensors/clean-text.ts';

/** One value as it came in an answer; nothing in it is certain. */
export interface Varbind {
  oid: string;
  type?: number;
  value?: unknown;
}

const types = { integer: 2, octetString: 4, oid: 6, counter32: 65, gauge32: 66, timeTicks: 67, counter64: 70 } as const;
/** noSuchObject, noSuchInstance and endOfMibView: what stands where there is no value. */
const firstNothing = 128;
const longestCounterBytes = 9;

/** Whether an answer says that there is no such value. */
export const isNothing = ({ type }: Varbind): boolean => type === undefined || type >= firstNothing;

/** A number of at most 32 bits, whichever of the types for such numbers the device chose. */
export function numberOf(varbind: Varbind | undefined): number | undefined {
  if (varbind === undefined) return undefined;
  const { type, value } = varbind;
  if (type !== types.integer && type !== types.counter32 && type !== types.gauge32 && type !== types.timeTicks) {
    return undefined;
  }
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** The same without what is below zero. */
export function countOf(varbind: Varbind | undefined): number | undefined {
  const value = numberOf(varbind);
  return value === undefined || value < 0 ? undefined : value;
}

/** A counter of 64 bits. */
export function longCountOf(varbind: Varbind | undefined): bigint | undefined {
  if (varbind?.type !== types.counter64) return undefined;
  const { value } = varbind;
  if (!Buffer.isBuffer(value) || value.length === 0 || value.length > longestCounterBytes) return undefined;
  return BigInt.asUintN(64, BigInt(`0x${value.toString('hex')}`));
}

/** A text, fit for a report; undefined when it is empty. */
export function textOf(varbind: Varbind | undefined, maxLength: number): string | undefined {
  if (varbind?.type !== types.octetString || !Buffer.isBuffer(varbind.value)) return undefined;
  // Some devices end their texts with a zero byte.
  return cleanText(varbind.value.toString('utf8').replace(/\0+$/, '').trim(), maxLength);
}

/** An object identifier. */
export function oidOf(varbind: Varbind | undefined): string | undefined {
  return varbind?.type === types.oid && typeof varbind.value === 'string' ? varbind.value : undefined;
}
