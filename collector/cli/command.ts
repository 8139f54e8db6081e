/** What a command may touch of the outside; tests hand in their own. */
export interface CommandIo {
  /** Takes text with its newlines. */
  stdout(text: string): void;
  stderr(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  workingFolder: string;
}

/** One command of `pantau-collector`; its file, its export and its name on the command line are the same word. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands, without a full stop. */
  readonly summary: string;
  /** The whole help text of the command, ending in a newline. */
  readonly usage: string;
  /**
   * @param args what follows the command's name.
   * @returns the exit code: 0 ok, 1 failure, 2 wrong usage or a bad configuration. A thrown AppError is printed as one
   * sentence; `bad-config` and `usage` end with 2, every other with 1.
   */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}
