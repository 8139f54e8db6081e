import { readFileSync } from 'node:fs';

export interface User {
  uid: number;
  gid: number;
}

/**
 * Whose rights the server of a drill gets when root runs the drill: PostgreSQL refuses to be root. It is `nobody`, not
 * `postgres`: whatever goes wrong must not reach the databases that are in use. Undefined for others than root.
 */
export function unprivilegedUser(): User | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((each) => each.startsWith('nobody:'));
    const [uid, gid] = (line ?? '').split(':').slice(2, 4).map(Number);
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid !== undefined && gid !== undefined && uid > 0) {
      return { uid, gid };
    }
  } catch {
    // As usual, then.
  }
  return { uid: 65_534, gid: 65_534 };
}
