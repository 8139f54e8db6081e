import { showPath } from '../byte-path.ts';
import type { Looker } from './looker.ts';

/** A virtual machine or container of Proxmox VE that lives on this node. */
export interface Guest {
  name: string;
  path: string;
}

/**
 * `/etc/pve` is shared by the whole cluster; `qemu-server` and `lxc` directly in it are links into the folder of the
 * machine's own node, which is looked at instead, because links are not followed.
 * @param hostname of the machine: the name of its node.
 */
export async function findGuests(looker: Looker, hostname: string): Promise<Guest[]> {
  const [node = hostname] = hostname.split('.');
  const guests = new Map<string, Guest>();
  for (const folder of ['etc/pve', `etc/pve/nodes/${node}`]) {
    for (const kind of ['qemu-server', 'lxc']) {
      for await (const found of looker.folders(`${folder}/${kind}`)) {
        for (const { name, kind: entryKind } of found.entries) {
          const number = entryKind === 'file' ? /^(\d{1,9})\.conf$/.exec(name)?.[1] : undefined;
          const text = number === undefined ? undefined : await looker.head(found, name);
          if (number === undefined || text === undefined || isTemplate(text)) continue;
          guests.set(number, { name: titleOf(number, text), path: `${found.shown}/${name}` });
        }
      }
    }
  }
  return [...guests.values()];
}

/** The present settings end where the first snapshot begins. */
function present(text: string): string {
  return text.split(/^\[/m)[0] ?? '';
}

function isTemplate(text: string): boolean {
  return /^template:\s*1\s*$/m.test(present(text));
}

function titleOf(number: string, text: string): string {
  const title = /^(?:name|hostname):[ \t]*(\S+)/m.exec(present(text))?.[1];
  return title === undefined ? number : `${number} ${showPath(title)}`;
}
