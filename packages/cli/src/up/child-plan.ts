/** A process that the supervisor keeps alive. */
export interface ChildPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Beside the supervisor's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The exit code by which it says that it was started wrongly; null: it has none, and is started again whatever it says. */
  readonly refusalCode: number | null;
  /** The exit codes by which it ends in order, after SIGTERM. */
  readonly orderlyCodes: readonly number[];
  /** How long it may take to end in order, after SIGTERM. */
  readonly graceMs: number;
}

/** How one of them is. */
export interface ChildState {
  readonly name: string;
  /** null while it waits to be started again. */
  readonly pid: number | null;
  readonly uptimeMs: number;
  readonly restarts: number;
}

/** What happens to them, for the log. */
export type SupervisorEvent =
  | { readonly kind: 'started'; readonly name: string; readonly pid: number; readonly restarts: number }
  /** In order, as it was told to. */
  | { readonly kind: 'ended'; readonly name: string; readonly livedMs: number }
  | {
      readonly kind: 'died';
      readonly name: string;
      /** 'exit code 1', or a signal's name. */
      readonly how: string;
      readonly livedMs: number;
      /** When it is started again; null where it is not. */
      readonly againInMs: number | null;
    }
  /** A line that it wrote. */
  | { readonly kind: 'line'; readonly name: string; readonly line: string };
