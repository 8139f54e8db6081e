/** Somebody who may act through the API under a name of their own. */
export interface OperatorRow {
  name: string;
  /** SHA-256 of the bearer token, hex. */
  tokenHash: string;
  createdAtMs: number;
  /** Since when the token is worth nothing any more. */
  revokedAtMs: number | undefined;
}

export interface OperatorPort {
  /** By name, those who were revoked among them. */
  list(): Promise<OperatorRow[]>;
  /** @returns false when there is one of that name who was not revoked. */
  add(row: { name: string; tokenHash: string }, by: { actor: string; atMs: number }): Promise<boolean>;
  /** @returns false when there is none of that name whose token still holds. */
  revoke(name: string, by: { actor: string; atMs: number }): Promise<boolean>;
}
