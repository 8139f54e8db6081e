/** `.name.XXXXXX` of rsync; what browsers, WinSCP, sftp servers and many scripts call a file until it is complete. */
const unfinished = /^\..+\.[A-Za-z0-9]{6}$|\.(part|tmp|filepart|partial)$/i;

/** Whether a name says that its file is still on the way. */
export function isUnfinishedName(latin1: string): boolean {
  return unfinished.test(latin1);
}
