import { onShutdown } from '@sparring/runtime';

/** The wish that a process end in order: the first Ctrl-C or SIGTERM, or that its parent is gone. */
export interface End {
  readonly signal: AbortSignal;
  /** Resolves when the wish is there. */
  readonly asked: Promise<void>;
  release(): void;
}

/** A service ends with exit code 0 when it is told to: that is what it is told. */
export function waitForEnd(): End {
  const controller = new AbortController();
  const release = onShutdown(() => controller.abort());
  const asked = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { signal: controller.signal, asked, release };
}
