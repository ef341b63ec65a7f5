import { Workplace } from './command.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

describe('doctor', () => {
  it('finds what sparring needs, and says how to get the rest', async () => {
    const { code, stdout } = await place.run('doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ onnx:cpu +onnxruntime-node \d/);
    expect(stdout).toMatch(/✓ MNIST +60,000 training and 10,000 test images, checksums as published/);
    expect(stdout).toMatch(/(✓ nats-server +v\d|– nats-server +not there)/);
    expect(stdout).toMatch(/Nothing that sparring needs is missing\.\n$/);
    expect(await place.runs()).toEqual([]);
  });

  it('says of every engine whether it has run on its hardware', async () => {
    const { stdout } = await place.run('doctor', '--json');
    const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: Record<string, string | null>[] };
    expect(healthy).toBe(true);
    const engines = findings.filter(({ section }) => section === 'engines');
    expect(engines.map(({ name }) => name).sort()).toEqual(
      ['onnx:cpu', 'onnx:webgpu', 'onnx:cuda', 'tfjs:tensorflow', 'tfjs:wasm', 'tfjs:cpu'].sort(),
    );
    for (const { state, howToGet } of engines) expect(howToGet === null).toBe(state === 'present');
    const cuda = engines.find(({ name }) => name === 'onnx:cuda')!;
    expect(cuda.detail).toContain('not yet run on hardware');
  });

  it('exits with 1 where runs cannot be written', async () => {
    await place.write('a-file', '');
    const { code, stdout } = await place.run('doctor', '--out', 'a-file/runs');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ a-file\/runs +cannot be written/);
  });
});

describe('bench engine', () => {
  it('ends stdout with its figures', async () => {
    const { code, stdout, stderr } = await place.run('bench', 'engine', '--seconds', '.1', '--json');
    expect(code).toBe(0);
    const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
    expect(figures.examplesPerSecond).toBeCloseTo(100_000 / figures.millisecondsPerStep, 6);
    expect(figures.matmulShare).toBeCloseTo(figures.matmulMillisecondsPerStep / figures.millisecondsPerStep, 6);
    expect(figures.recipe.millisecondsPerStep).toBeGreaterThan(0);
    expect(stderr).toContain('its 17 matrix products alone');
  });
});
