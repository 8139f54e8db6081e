import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from '../../../shared/clock.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { InventoryRow } from '../inventory-rows.ts';
import { findValuables, type ValuablesOptions } from '../valuables.ts';

/** A machine's tree; a name that ends in `/` is an empty folder. */
export function tree(files: Record<string, string>): string {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, text);
  }
  return root;
}

export function look(root: string, patch: Partial<ValuablesOptions> = {}): Promise<InventoryRow[]> {
  const shown = patch.isWindows === true ? 'C:\\' : '/';
  const roots = [{ root, shown }];
  return findValuables({ clock: systemClock, isWindows: false, hostname: 'pve1', listening: [], roots, ...patch });
}

export const database = (name: string, path: string) => ({ kind: 'database', name, path });
export const webRoot = (name: string, path: string) => ({ kind: 'web-root', name, path });
