import { rm } from 'node:fs/promises';

/**
 * Removes a folder with all that is in it, also below folders that were restored without permission to write and below
 * paths that are longer than the system lets anybody name. Links are removed, never followed.
 */
export async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (process.platform === 'win32') throw error;
    // The system's own programs step from folder to folder, so no path is too long for them.
    await run('chmod', ['-R', 'u+rwX', '--', folder]).catch(() => {});
    await run('rm', ['-rf', '--', folder]);
  }
}

function run(program: string, args: readonly string[]): Promise<void> {
  const { execFile } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve, reject) => {
    execFile(program, [...args], (error) => (error === null ? resolve() : reject(error)));
  });
}
