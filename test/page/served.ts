import type { Finished, Workplace } from '../../packages/cli/test/command.ts';

/** A command that serves a page. */
export interface Served {
  /** Where, once it has said so. Rejects with its words where it ends before. */
  readonly url: Promise<string>;
  readonly finished: Promise<Finished>;
  /** As Ctrl-C does. */
  readonly stop: () => void;
}

export function begin(place: Workplace, ...args: string[]): Served {
  const { child, finished } = place.start(...args);
  const url = new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout!.on('data', (text: string) => {
      said += text;
      const found = /(?<!Metrics: )http:\/\/127\.0\.0\.1:\d+[^\s]*/.exec(said);
      if (found) resolve(found[0]);
    });
    finished.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { url, finished, stop: () => child.kill('SIGINT') };
}
