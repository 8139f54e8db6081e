/** One accepted report, wherever in its body it stands. */
export interface KeptPlace {
  place: number;
  takenAtMs: number;
  late: boolean;
}

/** A body as it arrived, with the reports in it that were accepted, oldest first. */
export interface KeptBody {
  /** Grows from body to body. */
  key: number;
  /** The agent's id. */
  agent: string;
  encoding: string;
  body: Buffer;
  reports: KeptPlace[];
}

/** What remote write reads of the store: how far each receiver has come is a mark below which every body was sent. */
export interface RemoteWritePort {
  /** @returns undefined for a receiver that is new. */
  mark(receiver: string): Promise<number | undefined>;
  setMark(receiver: string, key: number): Promise<void>;
  /** Keys of the first and the last body that are kept; both 0 when there is none. */
  bounds(): Promise<{ firstKey: number; lastKey: number }>;
  /** The bodies that follow, in the order in which they came: at most `limit` of them, and about `reportLimit` reports. */
  next(afterKey: number, limit: { bodyCount: number; reportCount: number }): Promise<KeptBody[]>;
  /** The newest reports of an agent that are not late and came in bodies up to the given one, oldest first. */
  newestUpTo(agent: string, throughKey: number, limit: number): Promise<KeptBody[]>;
}
