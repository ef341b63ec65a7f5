import { exitCodes, onShutdown } from '@sparring/runtime';

/** The wish that a process end in order: the first Ctrl-C, SIGTERM or SIGHUP. */
export interface End {
  readonly signal: AbortSignal;
  /** Resolves when the wish is there. */
  readonly asked: Promise<void>;
  /** As shells have it for the signal that came; for those who were to do something and did not. */
  readonly exitCode: number;
  release(): void;
}

/** A service ends with exit code 0 when it is told to: that is what it is told. */
export function waitForEnd(): End {
  const controller = new AbortController();
  let exitCode: number = exitCodes.interrupted;
  const release = onShutdown((_, code) => {
    exitCode = code;
    controller.abort();
  });
  const asked = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return {
    signal: controller.signal,
    asked,
    get exitCode() {
      return exitCode;
    },
    release,
  };
}
