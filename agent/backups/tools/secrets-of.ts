const secretNames = /PASS|SECRET|KEY|TOKEN|CREDENTIAL|SAS/i;

/** The values of an environment that must not be seen: those whose names say so, and the password of an address. */
export function secretsOf(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    // The path of a password's file is no secret, and a reason may have to name it.
    const isSecret = secretNames.test(name) && !value.startsWith('/');
    return [...(isSecret ? [value] : []), ...passwordsIn(value)];
  });
}

/** As it stands in the address, and as it is meant. */
function passwordsIn(address: string): string[] {
  const password = /:\/\/[^\s/]*?:([^\s/]*)@/.exec(address)?.[1];
  if (password === undefined) return [];
  try {
    return [...new Set([password, decodeURIComponent(password)])];
  } catch {
    return [password];
  }
}
