import { statSync } from 'node:fs';

/**
 * Works in a folder with the rights of its owner when root asks for it, and as it is otherwise. Whoever owns a folder
 * can exchange everything in it for a link at any moment; with its own rights such a link leads nowhere new. What is
 * made belongs to the owner.
 * @param work synchronous: the rights are those of the whole process while it lasts.
 * @throws the system's error when this process may not take these rights.
 */
export function asOwnerOf<Result>(folder: string, work: () => Result): Result {
  const { geteuid, getegid, getgroups, seteuid, setegid, setgroups } = process;
  if (geteuid?.() !== 0 || !getegid || !getgroups || !seteuid || !setegid || !setgroups) return work();
  const { uid, gid } = statSync(folder);
  if (uid === 0) return work();
  const [ownGid, ownGroups] = [getegid(), getgroups()];
  try {
    setgroups([gid]);
    setegid(gid);
    seteuid(uid);
    return work();
  } finally {
    seteuid(0);
    setegid(ownGid);
    setgroups(ownGroups);
  }
}
