/** Three colours, never two (promise 3): data that is missing is `unknown`, neither healthy nor zero. */
export type State = 'up' | 'down' | 'unknown';

/**
 * Which part of the network a probe speaks for: `lan` inside a department and `wan` between them are the Jaringan Intra,
 * `spl` is the Sistem Penghubung Layanan, `jip` the link to the government's own network (Jaringan Intra Pemerintah), `pdn`
 * the one to the national data centre (Pusat Data Nasional), `website` what a department shows to the public.
 */
export const layers = ['lan', 'wan', 'internet', 'spl', 'jip', 'pdn', 'website'] as const;
export type Layer = (typeof layers)[number];

export const verdictStatuses = ['compliant', 'breached', 'no-evidence', 'not-applicable', 'waived'] as const;
export type VerdictStatus = (typeof verdictStatuses)[number];

/** From the strongest to the weakest claim that a breach may make. */
export const grades = ['violation', 'indication', 'finding', 'note'] as const;
export type Grade = (typeof grades)[number];

/** The weaker of two grades: no verdict claims more than both the verb and the measured excess allow. */
export function weakerGrade(a: Grade, b: Grade): Grade {
  return grades.indexOf(a) >= grades.indexOf(b) ? a : b;
}

/** Levels of backup proof, DESIGN.md section 8; the index is the value of `pantau_backup_proof_level`. */
export const proofLevels = ['none', 'claimed', 'arrived', 'intact', 'restorable'] as const;
export type ProofLevel = (typeof proofLevels)[number];

/**
 * Who must act: the department itself, Diskominfo, whoever runs the department's LAN or its servers, or the department
 * and Diskominfo together.
 */
export const ownerRoles = ['perangkat-daerah', 'diskominfo', 'lan-operator', 'server-operator', 'joint'] as const;
export type OwnerRole = (typeof ownerRoles)[number];
