import { messageOf } from '../../shared/errors.ts';
import { cleanReason } from '../sensors/clean-text.ts';
import type { BackupClaim, BackupDeps, BackupSource, Explanation, SourceSettings } from './backup-source.ts';

/** A source whose type of settings is not known here. */
export type AnySource = Pick<BackupSource<unknown>, 'kind' | 'parse' | 'look' | 'explain'>;

/** `parse` makes exactly what `look` and `explain` take, so they are safe without knowing the type in between. */
export function eraseSource<Config>(source: BackupSource<Config>): AnySource {
  return {
    kind: source.kind,
    parse: (settings) => source.parse(settings),
    look: (config, deps) => source.look(config as Config, deps),
    explain: async (config, deps) => (await source.explain?.(config as Config, deps)) ?? [],
  };
}

/** Lets a source look, whatever it throws. */
export async function lookWith(source: AnySource, settings: SourceSettings, deps: BackupDeps): Promise<BackupClaim[]> {
  try {
    return await source.look(source.parse(settings), deps);
  } catch (error) {
    return [unknownClaim(messageOf(error))];
  }
}

/** What a source explains for the doctor, whatever it throws. */
export async function explainWith(
  source: AnySource,
  settings: SourceSettings,
  deps: BackupDeps,
): Promise<Explanation[]> {
  try {
    return (await source.explain?.(source.parse(settings), deps)) ?? [];
  } catch (error) {
    return [{ text: `${messageOf(error)}.`, remedy: 'correct the source of the dataset in pantau.yaml' }];
  }
}

/** Could not look. */
export function unknownClaim(reason: string): BackupClaim {
  return { outcome: 'unknown', reason: cleanReason(reason) };
}

/** The answer, or what stands for it after that time. */
export async function withinTime<Answer>(
  answer: Promise<Answer>,
  { timeoutMs, late }: { timeoutMs: number; late: Answer },
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(late), timeoutMs);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
