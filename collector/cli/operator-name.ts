const pattern = /^[a-zA-Z0-9][a-zA-Z0-9._-]{1,63}$/;

/** They stand for the file admin-token, the collector itself and commands. */
const reserved = new Set(['admin', 'pantau', 'cli']);

export function malformedName(name: string): string | undefined {
  if (pattern.test(name)) return undefined;
  return `"${name}" is no name; it is 2 to 64 letters, digits, dots, dashes or underscores`;
}

/** Why a person cannot be called so: nobody must stand in the audit log as what is no person. */
export function wrongName(name: string): string | undefined {
  if (reserved.has(name.toLowerCase())) return `"${name}" is not free; choose another name`;
  return malformedName(name);
}
