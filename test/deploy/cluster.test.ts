import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { eventually } from '../cluster/eventually.ts';
import { askPrometheus, hasData } from './ask-prometheus.ts';
import { ComposeCluster } from './compose-cluster.ts';
import { filledIn, panelsOf, readDashboards } from './dashboards.ts';
import { describeWithPrometheus } from './programs.ts';
import { readDeployed, root } from './repository.ts';

/** Some 20 s, in which two trainers exchange gradients and an attacker makes their examples. */
const recipe = `
engine: tfjs:cpu
model: ./paced-model.js
alpha: .3
attack: { kind: fgsm, epsilon: .1, placement: split }
optimizer: { learningRate: .1, momentum: .5 }
checkpointEverySeconds: 2
data: { set: synthetic, synthetic: { train: 500, test: 100, side: 8, classes: 4 }, validation: 100 }
epochs: 20
batch: 40
shards: 2
evaluation: { everyEpochs: 2, pgdIterations: 2 }
probeEvery: 20
`;

/** Six runs of some 3 s each, one after the other, beside the cluster. */
const sweptRecipe = `
engine: tfjs:cpu
model: ./paced-model.js
alpha: .5
attack: { kind: fgsm, epsilon: .1 }
optimizer: { learningRate: .1, momentum: .5 }
data: { set: synthetic, synthetic: { train: 500, test: 100, side: 8, classes: 4 }, validation: 100 }
epochs: 3
batch: 40
evaluation: { pgdIterations: 2 }
`;

const clusters: ComposeCluster[] = [];
afterAll(() => {
  for (const cluster of clusters) cluster.remove();
});

async function start(...which: Parameters<typeof ComposeCluster.start>): Promise<ComposeCluster> {
  const cluster = await ComposeCluster.start(...which);
  clusters.push(cluster);
  return cluster;
}

describeWithPrometheus(
  'a cluster as compose.yaml has it',
  () => {
    it('trains, and shows how on every panel of every dashboard', async () => {
      const cluster = await start({ coordinator: 1, trainer: 2, attacker: 1 });
      const startedAt = Date.now();
      const { prometheus } = cluster;
      const data = cluster.folderOf('data');
      writeFileSync(join(data, 'recipe.yaml'), recipe);
      copyFileSync(join(root, 'test/cluster/paced-model.js'), join(data, 'paced-model.js'));
      writeFileSync(join(data, 'swept.yaml'), sweptRecipe);
      const sweeping = cluster.sweep('sweep', '/data/swept.yaml', '--seeds', '0..5', '--slots', '1');
      const client = cluster.client('train', '/data/recipe.yaml', '--cluster');
      const submitted = /submitted as (\S+)/;
      const line = await client.lines.until('a run is submitted', (said) => submitted.test(said));
      const run = submitted.exec(line)![1]!;

      const { code, said } = await client.ended;
      expect({ code, said }).toMatchObject({ code: 0 });
      expect(await sweeping.ended).toMatchObject({ code: 0, said: expect.stringContaining('6 of 6 runs') });
      const sweep = /^(swept-\w{8}): 6 runs/m.exec((await sweeping.ended).said)![1]!;
      const ask = (expression: string) => askPrometheus(prometheus, expression, startedAt);
      // What was measured at the end is scraped within five seconds.
      const untested = `sparring_coordinator_error_ratio{run="${run}", split="test"}`;
      await eventually(() => ask(untested), hasData);

      const answering = async () => {
        const series = await ask('sum by (role) (up{job="sparring"})');
        return Object.fromEntries(series.map(({ metric, values }) => [metric.role, values.at(-1)![1]]));
      };
      const isAll = ({ coordinator, trainer, attacker }: Record<string, string>) =>
        coordinator === '1' && trainer === '2' && attacker === '1';
      await eventually(answering, isAll);

      const empty: string[] = [];
      for (const dashboard of readDashboards()) {
        for (const { definition } of dashboard.templating.list) {
          const [, selector] = /^label_values\((.+), \w+\)$/.exec(definition)!;
          expect({ selector, has: hasData(await ask(filledIn(selector!, { run, sweep }))) }).toEqual({
            selector,
            has: true,
          });
        }
        for (const { expr } of dashboard.annotations.list) await ask(filledIn(expr, { sweep }));
        for (const { title, targets } of panelsOf(dashboard)) {
          const answers = targets!.map(({ expr }) => ask(filledIn(expr, { run, sweep, net: '.*', role: '.*' })));
          if (!(await Promise.all(answers)).every(hasData)) empty.push(`${dashboard.title}: ${title}`);
        }
      }
      expect(empty).toEqual([]);

      const { groups } = parse(readDeployed('prometheus', 'alerts.yml')) as { groups: { rules: { expr: string }[] }[] };
      for (const { expr } of groups.flatMap(({ rules }) => rules)) await ask(expr);
      expect(await ask('ALERTS{alertstate="firing"}')).toEqual([]);
    });

    it('encrypts its connections with compose.tls.yaml', async () => {
      // It is well when it is connected to the broker, whose certificate it has checked.
      const cluster = await start({ coordinator: 1 }, { encrypted: true });
      expect(cluster.replicas[0]!.environment.SPARRING_NATS_URL).toMatch(/^tls:/);
    });
  },
  { nats: true },
);
