import { freePort } from '@sparring/runtime';

/** Systems hand out ports from 32,768 on, or from 49,152 on, to whoever asks for any, connections too. */
const [least, most] = [20_000, 32_000];
const given = new Set<number>();

/** A free port that the system gives to nobody by itself: a program that is started later still finds it free. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = least + Math.floor(Math.random() * (most - least));
    if (given.has(port) || (await freePort(port)) !== port) continue;
    given.add(port);
    return port;
  }
}
