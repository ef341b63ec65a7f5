import { resolveConfig } from '@sparring/runtime';
import { type Client, NoCoordinator } from '../dist/cluster/client.js';
import { submit } from '../dist/cluster/submit-run.js';

const { config } = resolveConfig({ recipeOrFile: 'demo' });

/** Leaves the first questions unanswered. */
function silentFor(times: number) {
  const submissions: string[] = [];
  const bus = {
    request: (_: unknown, { submission }: { submission: string }) => {
      submissions.push(submission);
      if (submissions.length <= times) throw new NoCoordinator();
      return { kind: 'accepted', run: 'demo-s0', ahead: 0 };
    },
  };
  const client = { ask: async (question: (bus: object, options: object) => unknown) => question(bus, {}) };
  return { submissions, client: client as unknown as Client };
}

describe('submitting a run', () => {
  it('asks again under the same id where no answer comes', async () => {
    const { submissions, client } = silentFor(1);
    expect(await submit(client, config)).toMatchObject({ run: 'demo-s0' });
    expect(submissions).toHaveLength(2);
    expect(new Set(submissions).size).toBe(1);
  });

  it('gives up when its patience is over', async () => {
    await expect(submit(silentFor(9).client, config, 0)).rejects.toThrow('no coordinator answers');
  });
});
