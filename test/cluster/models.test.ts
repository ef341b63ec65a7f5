import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster } from './cluster.ts';
import { steps, writeRecipe } from './recipes.ts';
import { Sparring } from './sparring.ts';

describeWithNats("a model's file", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'sparring-elsewhere-'));
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 0, attackers: 0 });
  });
  afterAll(async () => {
    await cluster.close();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  it('is not run for a client that names one from where the coordinator loads none, and the client is told', async () => {
    const recipe = writeRecipe(elsewhere, steps);
    const [ran, model] = ['ran', 'paced-model.js'].map((name) => join(elsewhere, name));
    writeFileSync(model!, `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, '');`);
    const { code, stderr } = await cluster.ask('train', recipe);
    expect(code).toBe(1);
    expect(stderr).toContain('the cluster refuses the run');
    expect(stderr).toContain(`model: got ${JSON.stringify(model)}; takes a file in a folder from which this cluster`);
    expect(stderr).toContain('--models FOLDER or SPARRING_MODELS');
    expect(() => rmSync(ran!)).toThrow('ENOENT');
  });

  it('is not run by a worker that may load none, which says so; another trains', async () => {
    const run = cluster.submit(steps);
    const trainer = ['trainer', '--credentials', cluster.credentials('trainer')];
    mkdirSync(join(cluster.folder, 'none'));
    const unable = new Sparring([...trainer, '--models', 'none'], cluster.folder);
    const line = await unable.lines.until('it says that it cannot', (text) => text.includes('cannot serve this run'));
    expect(line).toContain('--models FOLDER or SPARRING_MODELS');
    const able = cluster.add('trainer');
    await run.reaches(1);
    await cluster.ask('cancel', await run.id());
    await Promise.all([unable.kill(), able.kill(), run.command.finished]);
  });
});
