/**
 * Whether two reasons are one fault to people. Reasons that no group names are one together.
 * @param faults groups of reasons (`Rule.faults`).
 */
export function isSameFault(one: string, other: string, faults: readonly (readonly string[])[] = []): boolean {
  const groupOf = (code: string) => faults.findIndex((group) => group.includes(code));
  return groupOf(one) === groupOf(other);
}
