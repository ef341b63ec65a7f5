import { engineVersion } from '@sparring/engine';
import { type Checkpoint, configDigest, resolveConfig } from '@sparring/runtime';
import { checkResumable } from '../dist/train/check-resumable.js';

const { config } = resolveConfig({ recipeOrFile: 'demo' });
const session = { place: 'runs/x', dataSet: { checksum: 'c' }, engine: 'onnx:cpu' } as unknown as Parameters<
  typeof checkResumable
>[1];
const madeWith = (engine: string) =>
  ({ configDigest: configDigest(config), dataChecksum: 'c', engine }) as unknown as Checkpoint;

describe('a checkpoint', () => {
  it('goes on with the engine that made it', () => {
    checkResumable(madeWith(`onnx:cpu ${engineVersion('onnx:cpu')}`), session, config);
  });

  it.each(['onnx:cpu', 'onnx:cpu onnxruntime-node 1.0.0', `onnx:cuda ${engineVersion('onnx:cpu')}`])(
    'made with %s is refused, and both versions are named',
    (engine) => {
      const refusal = `made with ${engine}, now there is onnx:cpu ${engineVersion('onnx:cpu')}`;
      expect(() => checkResumable(madeWith(engine), session, config)).toThrow(refusal);
    },
  );
});
