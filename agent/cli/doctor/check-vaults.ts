import type { AgentConfig, VaultConfig } from '../../../shared/agent-config-schema.ts';
import { lookInChild } from '../../backups/vault-look/look-in-child.ts';
import type { Listed, VaultLook } from '../../backups/vault-look/look-at-vault.ts';
import { fine, type Finding, guarded, problem } from './finding.ts';

const lookWithinMs = 10_000;

/** What can be seen of each vault that this agent reads; all at once, in ten seconds at most. */
export async function checkVaults(
  { vaults = [] }: Pick<AgentConfig, 'vaults'>,
  timeoutMs = lookWithinMs,
): Promise<Finding[]> {
  const found = await Promise.all(
    vaults.map((vault) => {
      const remedy = `look whether the storage below ${vault.root} answers ("ls ${vault.root}", "dmesg").`;
      return guarded(`vault ${vault.id}`, remedy, async () =>
        vaultFindings(vault, await lookInChild(vault, { timeoutMs })),
      );
    }),
  );
  return found.flat();
}

/** One line of what is there, and one for each thing that somebody has to repair. */
export function vaultFindings(vault: VaultConfig, look: VaultLook): Finding[] {
  const subject = `vault ${vault.id}`;
  const { root, datasets } = vault;
  if (look.rootProblem !== undefined) return [rootFinding(subject, root, look.rootProblem)];
  const { missing, unowned, unreadable, isCutShort } = look;
  const { restic, borg, files, empty } = look.layouts;
  const thereCount = restic + borg + files + empty;
  const kinds = Object.entries({ restic, borg, 'plain files': files, empty })
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  const kindText = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  const missingText = missing.count === 0 ? '' : `; none of ${list(missing)}`;
  const cutText = isCutShort ? '; there was no time to see everything' : '';
  const text = `${root} can be read; ${thereCount} of ${datasets.length} dataset folders were seen${kindText}${missingText}${cutText}.`;
  return [
    thereCount === 0 && datasets.length > 0 && !isCutShort
      ? problem(subject, text, `mount the storage at ${root}, or correct root and vault in pantau.yaml.`)
      : fine(subject, text),
    ...unreadableFindings(subject, unreadable),
    ...unownedFindings(subject, unowned),
  ];
}

function rootFinding(subject: string, root: string, code: string): Finding {
  switch (code) {
    case 'ENOENT':
      return problem(subject, `${root} does not exist.`, `create it, mount it, or correct its root in pantau.yaml.`);
    case 'ENOTDIR':
      return problem(subject, `${root} is not a folder.`, 'correct its root in pantau.yaml.');
    case 'EACCES':
    case 'EPERM':
      return problem(
        subject,
        `${root} may not be read by this user.`,
        "let the agent's user read and search it, or run the agent by its own service file, which may read every file.",
      );
    default:
      return problem(subject, `${root} cannot be looked at (${code}).`, `look whether its storage works ("dmesg").`);
  }
}

function unreadableFindings(subject: string, unreadable: Listed): Finding[] {
  if (unreadable.count === 0) return [];
  const remedy =
    "let the agent's user read them, for instance as a member of the group that they belong to, or run the agent by its own service file, which may read every file; replace links by what they lead to.";
  return [problem(subject, `${countOf(unreadable, 'entry', 'entries')} cannot be read: ${list(unreadable)}.`, remedy)];
}

function unownedFindings(subject: string, unowned: Listed): Finding[] {
  if (unowned.count === 0) return [];
  const remedy = 'name the folder as "vault" of its dataset in pantau.yaml, or move what belongs to nobody elsewhere.';
  const text = `${countOf(unowned, 'entry belongs', 'entries belong')} to no dataset: ${list(unowned)}.`;
  return [problem(subject, text, remedy)];
}

const countOf = ({ count }: Listed, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

function list({ count, first }: Listed): string {
  const more = count - first.length;
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ');
}
