import { join } from 'node:path';
import { type Finished, Workplace } from './command.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
  await place.write('a-file', '');
});
afterAll(() => place.close());

/** One message on stderr, nothing on stdout, no stack trace, no folder left behind. */
async function expectRefusal({ code, stdout, stderr }: Finished, exitCode: number, ...words: string[]): Promise<void> {
  expect(stderr).not.toMatch(/^\s+at /m);
  for (const word of words) expect(stderr).toContain(word);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr.match(/^(sparring|error):/gm)).toHaveLength(1);
  expect(await place.runs()).toEqual([]);
}

describe('wrong usage', () => {
  it.each([
    ['no recipe', ['train'], ['say what to train', 'demo', 'sparring train demo']],
    ['an unknown recipe', ['train', 'dmeo'], ['"dmeo"', 'did you mean demo?']],
    ['a file that is not there', ['train', './none.yaml'], ['no such file']],
    ['a negative epsilon', ['train', 'tiny.yaml', '--set', 'attack.epsilon=-1'], ['attack.epsilon: got -1']],
    ['shards that do not divide the batch', ['train', 'tiny.yaml', '--set', 'shards=7'], ['shards: got 7', 'batch']],
    [
      'a batch larger than the split',
      ['train', 'tiny.yaml', '--set', 'batch=1002'],
      ['batch: got 1002', '1000 examples'],
    ],
    ['an unknown engine', ['train', 'tiny.yaml', '--engine', 'onnx:cup'], ['engine: got "onnx:cup"', 'onnx:cpu']],
    ['an unknown key', ['train', 'tiny.yaml', '--set', 'epoch=3'], ['epoch', 'epochs']],
    ['a seed that is no number', ['train', 'tiny.yaml', '--seed', 'x'], ['seed: got "x"']],
    ['no trainers', ['train', 'tiny.yaml', '--trainers', '0'], ['trainers: got 0']],
    [
      'decay of an unknown parameter',
      ['train', 'tiny.yaml', '--set', 'optimizer.l2={ hidden0/kernal: .001 }'],
      ['optimizer.l2: got "hidden0/kernal"', 'hidden0/bias', 'did you mean hidden0/kernel?'],
    ],
    [
      'a twin on an engine with one thread',
      ['train', 'tiny.yaml', '--engine', 'tfjs:tensorflow'],
      ['twin: got {"epochs":2}', 'one thread of a process only', '--set twin=false'],
    ],
    ['an unknown option', ['train', 'tiny.yaml', '--sed', '1'], ["unknown option '--sed'", '--seed']],
    ['an unknown command', ['tarin'], ["unknown command 'tarin'", 'train']],
    ['a negative epsilon to evaluate', ['evaluate', 'x', '--epsilon', '-1'], ['--epsilon', 'at least 0']],
    ['an unknown attack to evaluate', ['evaluate', 'x', '--attack', 'cw'], ['clean, fgsm, pgd, all']],
  ])('%s is refused with exit code 2', async (_, args, words) => {
    await expectRefusal(await place.run(...args), 2, ...words);
  });

  it('a model whose parameters have names that cannot travel is refused, and the names are told', async () => {
    const name = (length: number) => 'x'.repeat(length);
    const model = (...names: string[]) => `
      const parameter = (name, size) => [name, { shape: [size], values: new Float32Array(size) }];
      export const init = ({ classes }) => Object.fromEntries(${JSON.stringify(names)}.map((name) => parameter(name, classes)));
      export const logits = ({ tf, parameters, x }) => tf.add(tf.zeros([x.shape[0], 10]), Object.values(parameters)[0]);`;
    await place.write('long-names.js', model(name(189), name(190), 'a\nb'));
    const words = [`a parameter "${name(60)}…" of 190 characters`, 'a parameter "a\\nb" of 3', '1 to 189 characters'];
    const { stderr, ...finished } = await place.run('train', 'tiny.yaml', '--set', 'model=./long-names.js');
    await expectRefusal({ stderr, ...finished }, 2, '2 faults', ...words);
  });

  it.each([
    ['train', 'tiny.yaml'],
    ['up'],
    ['sweep', 'tiny.yaml', '--seeds', '0..1'],
    ['trainer', '--nats', 'nats://127.0.0.1:1'],
  ])('a port of the environment that is none is refused by %s before anything is said', async (...args) => {
    place.environment.SPARRING_METRICS_PORT = 'abc';
    const finished = await place.run(...args);
    delete place.environment.SPARRING_METRICS_PORT;
    await expectRefusal(finished, 2, 'SPARRING_METRICS_PORT: got "abc"', 'a port, from 0');
  });

  it.each(['trainer', 'attacker', 'coordinator'])(
    'a %s without a broker is refused before it listens',
    async (role) => {
      const { stderr, ...finished } = await place.run(role);
      await expectRefusal({ stderr, ...finished }, 2, '--nats: got nothing');
      expect(stderr).not.toContain('listening');
    },
  );

  it('names all faults of a configuration at once', async () => {
    const { stderr } = await place.run(
      'train',
      'tiny.yaml',
      '--set',
      'shards=7',
      '--set',
      'alpha=2',
      '--engine',
      'gpu',
    );
    for (const fault of ['3 faults', 'shards: got 7', 'alpha: got 2', 'engine: got "gpu"'])
      expect(stderr).toContain(fault);
  });
});

describe('a failure', () => {
  it.each([
    ['an --out that is a file', ['train', 'tiny.yaml', '--out', 'a-file'], ["create a run's folder in"]],
    [
      'an --out that cannot be made',
      ['train', 'tiny.yaml', '--out', '/proc/none'],
      ["create a run's folder in /proc/none"],
    ],
    ['a run that is not there', ['resume', 'nothing'], ['no such run']],
    ['an engine that cannot be had', ['train', 'tiny.yaml', '--engine', 'onnx:cuda'], ['onnx:cuda']],
    [
      'a native binding that is not there',
      ['train', 'tiny.yaml', '--engine', 'tfjs:tensorflow', '--set', 'twin=false'],
      ['tfjs:tensorflow', 'To get it: '],
    ],
  ])('for %s has exit code 1', async (_, args, words) => {
    await expectRefusal(await place.run(...args), 1, ...words);
  });

  it('for a model that cannot be imported leaves no folder', async () => {
    await place.write('broken.js', 'export const init = 1');
    await expectRefusal(await place.run('train', 'tiny.yaml', '--set', 'model=./broken.js', '--json'), 1, 'broken.js');
  });

  it.each([
    ['calls an operation as a method', 'x.relu()', ['x.relu is not a function', 'tf.relu(x), not x.relu()']],
    ['misspells an operation', 'tf.reluu(x)', ['tf.reluu is not a function', 'did you mean tf.relu?']],
    ['misspells a parameter', 'tf.matMul(x, parameters.kernal)', ["'matMul' must be a Tensor", 'init returns: kernel']],
    ['returns another shape', 'tf.sum(x)', ['expected [25, 4], got []']],
    ['fails only while it is trained', 'masks ? undefined : product', ['expected a tensor [B, 4], got nothing']],
  ])('for a model whose logits %s comes before anything is trained, and names the file', async (_, logits, words) => {
    await place.write(
      'faulty.js',
      `export const dropout = [{ name: 'input', size: 64, keep: 0.5, scale: 2 }];
       export const init = ({ inputSize, classes }) =>
         ({ kernel: { shape: [inputSize, classes], values: new Float32Array(inputSize * classes) } });
       export const logits = ({ tf, parameters, x, masks }) => {
         const product = tf.matMul(x, parameters.kernel);
         return ${logits};
       };`,
    );
    const finished = await place.run('train', 'tiny.yaml', '--set', 'model=./faulty.js', '--json');
    await expectRefusal(finished, 1, join(place.path, 'faulty.js'), 'logits: ', ...words);
  });

  it('shows its stack trace to who asks for it', async () => {
    place.environment.SPARRING_DEBUG = '1';
    const { stderr } = await place.run('resume', 'nothing');
    delete place.environment.SPARRING_DEBUG;
    expect(stderr).toMatch(/^\s+at .*resume-run/m);
  });
});
