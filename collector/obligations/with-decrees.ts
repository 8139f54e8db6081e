import type { PantauConfig } from '../config/schema.ts';
import { dayAt } from './backup-history/local-days.ts';
import { mandiriTikOf } from './mandiri-tik.ts';
import { noRegisters, type RegisterView } from './register-view.ts';

/**
 * The configuration with what the register says of today about who runs its own ICT: whoever asks for an owner asks by
 * this one. Pure; the same configuration where no decree is entered.
 */
export function withDecrees(
  config: PantauConfig,
  { registers = noRegisters, nowMs }: { registers?: RegisterView; nowMs: number },
): PantauConfig {
  if (registers.entries('mandiri-tik').length === 0) return config;
  const { timezone } = config;
  const today = dayAt(nowMs, timezone);
  const perangkatDaerah = config.perangkatDaerah.map((department) => {
    const { id: pd, mandiriTik: isMandiriTik } = department;
    return { ...department, mandiriTik: mandiriTikOf({ pd, registers, today, timezone, isMandiriTik }).isMandiriTik };
  });
  return { ...config, perangkatDaerah };
}
