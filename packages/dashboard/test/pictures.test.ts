import { inflateSync } from 'node:zlib';
import { firstLayerPicture } from '../dist/pictures/first-layer.js';
import { pngUri } from '../dist/pictures/png.js';

function decoded(uri: string): { width: number; height: number; colorType: number; rows: Buffer } {
  const png = Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64');
  const from = png.indexOf('IDAT');
  const length = png.readUInt32BE(from - 4);
  const rows = inflateSync(png.subarray(from + 4, from + 4 + length));
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), colorType: png[25]!, rows };
}

it('a picture is a PNG with a byte for each pixel', () => {
  const { width, height, colorType, rows } = decoded(pngUri(Uint8Array.of(0, 128, 255, 7, 8, 9), 3, 2));
  expect({ width, height, colorType }).toEqual({ width: 3, height: 2, colorType: 0 });
  expect([...rows]).toEqual([0, 0, 128, 255, 0, 7, 8, 9]);
});

describe('the first layer', () => {
  it('shows a tile for each unit of a kernel that reads the input', () => {
    // Unit 0 weighs the first pixel, unit 1 the last.
    const kernel = Float32Array.of(1, 0, 0, 0, 0, 0, 0, -1);
    const model = { inputSize: 4, parameters: { 'hidden0/kernel': [4, 2] } };
    const picture = firstLayerPicture(model, { 'hidden0/kernel': kernel }, [2, 2])!;
    expect(picture).toMatchObject({ name: 'hidden0/kernel', shown: 2, units: 2, width: 6, height: 2, scale: 1 });
    const { rows } = decoded(picture.image);
    // A filter byte, two pixels, two white ones between, two pixels.
    expect([...rows]).toEqual([0, 30, 15, 15, 15, 15, 15, 0, 15, 15, 15, 15, 15, 0]);
  });

  it('shows the filters of a convolution', () => {
    const model = { inputSize: 4, parameters: { 'conv/kernel': [1, 2, 1, 3] } };
    const picture = firstLayerPicture(model, { 'conv/kernel': new Float32Array(6) }, [2, 2])!;
    expect(picture).toMatchObject({ shown: 3, units: 3, width: 10, height: 1 });
  });

  it('shows nothing of a model whose weights look like nothing', () => {
    const model = { inputSize: 4, parameters: { bias: [3] } };
    expect(firstLayerPicture(model, { bias: new Float32Array(3) }, [2, 2])).toBeNull();
  });
});
