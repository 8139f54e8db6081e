import { closeSync, type Dirent, fstatSync, readSync } from 'node:fs';
import type { FolderCursor } from './folder-cursor.ts';

const maxConfigBytes = 64 * 1024;
const partFolders = new Set(['data', 'index', 'keys', 'snapshots']);
const partFiles = new Set(['config', 'README']);

export type Layout = 'restic' | 'borg' | 'files';

/**
 * What a folder is, by what lies in it. One part of a restic repository may be missing, because a repository that lost
 * something must not be taken for a heap of files.
 */
export function recognise(cursor: FolderCursor, entries: readonly Dirent[]): Layout {
  const parts = new Set<string>();
  for (const entry of entries) {
    const isRight = partFolders.has(entry.name) ? entry.isDirectory() : partFiles.has(entry.name) && entry.isFile();
    if (isRight) parts.add(entry.name);
  }
  if (parts.has('data') && looksLikeBorg(cursor, parts)) return 'borg';
  parts.delete('README');
  return parts.size >= partFolders.size ? 'restic' : 'files';
}

function looksLikeBorg(cursor: FolderCursor, parts: ReadonlySet<string>): boolean {
  if (parts.has('config') && readSmallFile(cursor, 'config')?.includes('[repository]') === true) return true;
  return parts.has('README') && readSmallFile(cursor, 'README')?.startsWith('This is a Borg') === true;
}

export interface BorgConfig {
  /** The same as `borg info` gives: 64 hex digits. */
  repositoryId: string | undefined;
  /** Of the format; 1 is what this program can read. */
  version: number | undefined;
}

/** From the file `config` of a borg repository (INI; docs/internals/data-structures of borg). */
export function readBorgConfig(cursor: FolderCursor): BorgConfig {
  const section = /\[repository\]([^[]*)/.exec(readSmallFile(cursor, 'config') ?? '')?.[1] ?? '';
  const version = /^version\s*[=:]\s*(\d{1,3})\s*$/m.exec(section)?.[1];
  return {
    repositoryId: /^id\s*[=:]\s*([0-9a-f]{64})\s*$/m.exec(section)?.[1],
    version: version === undefined ? undefined : Number(version),
  };
}

/** The beginning of a file here as latin1 text. @returns undefined when it cannot be read. */
function readSmallFile(cursor: FolderCursor, name: string): string | undefined {
  let file: number | undefined;
  try {
    file = cursor.open(name);
    if (!fstatSync(file).isFile()) return undefined;
    const bytes = Buffer.alloc(maxConfigBytes);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, maxConfigBytes, 0));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
