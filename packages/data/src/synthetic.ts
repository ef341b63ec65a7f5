import { DataError } from './data-error.js';
import { Random } from './random.js';
import type { Source, Split } from './split.js';

/** A made-up set: each class is a picture of soft blobs, each example that picture moved a little and under noise. */
export interface SyntheticSpec {
  /** training examples, the validation split included */
  readonly train: number;
  readonly test: number;
  /** 2 to 256 */
  readonly classes: number;
  /** images are side × side pixels */
  readonly side: number;
  /** standard deviation of each pixel's noise, in units of the pixel values 0 … 1 */
  readonly noise: number;
  /** default 0 */
  readonly seed?: number;
}

export const DEFAULT_SYNTHETIC: SyntheticSpec = { train: 6000, test: 1000, classes: 10, side: 28, noise: 0.2 };

const BLOBS = 4;
const LARGEST_MOVE = 1 / 14; // of a side: 2 pixels of 28, none of 8

/**
 * Makes the set from its specification alone: the same bytes on every machine, the classes equally frequent (± 1).
 *
 * @throws DataError that names the option, what it is and what it takes
 */
export function synthesize(spec: SyntheticSpec): Source {
  checkSpec(spec);
  const { side, classes } = spec;
  const stream = (index: number): Random =>
    new Random({ seed: spec.seed ?? 0, purpose: 'synthetic-data', epoch: 0, step: 0, shard: 0, index });
  const drawing = stream(0);
  const pictures = Array.from({ length: classes }, () => drawPicture(side, drawing));
  return {
    name: 'synthetic',
    imageShape: [side, side],
    train: makeExamples(spec.train, pictures, spec, stream(1)),
    test: makeExamples(spec.test, pictures, spec, stream(2)),
  };
}

/** [side, side], pixel values in [0, 1]: blobs of height (1 − (distance / radius)²)², the brightest showing. */
function drawPicture(side: number, random: Random): Float32Array {
  const picture = new Float32Array(side * side);
  const centers = random.uniform(2 * BLOBS, 0.2 * side, 0.8 * side);
  const radii = random.uniform(BLOBS, 0.12 * side, 0.3 * side);
  for (let blob = 0; blob < BLOBS; blob++) {
    for (let pixel = 0; pixel < picture.length; pixel++) {
      const dx = (pixel % side) + 0.5 - centers[2 * blob]!;
      const dy = Math.floor(pixel / side) + 0.5 - centers[2 * blob + 1]!;
      const height = Math.max(0, 1 - (dx * dx + dy * dy) / (radii[blob]! * radii[blob]!));
      picture[pixel] = Math.max(picture[pixel]!, height * height);
    }
  }
  return picture;
}

function makeExamples(size: number, pictures: Float32Array[], { side, noise }: SyntheticSpec, random: Random): Split {
  const inputSize = side * side;
  const images = new Uint8Array(size * inputSize);
  const clamped = new Uint8ClampedArray(images.buffer); // rounds, and cuts to 0 … 255
  const labels = Uint8Array.from(random.permutation(size), (place) => place % pictures.length);
  const reach = Math.floor(side * LARGEST_MOVE);
  const moves = random.uniform(2 * size, -reach, reach + 1).map(Math.floor);
  for (let example = 0; example < size; example++) {
    const image = random.normal(inputSize);
    for (let pixel = 0; pixel < inputSize; pixel++) image[pixel]! *= noise;
    addMoved(image, pictures[labels[example]!]!, side, moves[2 * example]!, moves[2 * example + 1]!);
    for (let pixel = 0; pixel < inputSize; pixel++) clamped[example * inputSize + pixel] = 255 * image[pixel]!;
  }
  return { images, labels, size };
}

/** Adds a picture moved to the right and down; what leaves the image is lost. */
function addMoved(image: Float32Array, picture: Float32Array, side: number, right: number, down: number): void {
  for (let row = Math.max(0, down); row < Math.min(side, side + down); row++) {
    for (let column = Math.max(0, right); column < Math.min(side, side + right); column++) {
      image[row * side + column]! += picture[(row - down) * side + column - right]!;
    }
  }
}

function checkSpec(spec: SyntheticSpec): void {
  const whole = (name: 'train' | 'test' | 'classes' | 'side' | 'seed', least: number, most: number): void => {
    const value = spec[name] ?? 0;
    if (Number.isInteger(value) && value >= least && value <= most) return;
    throw new DataError(`synthetic.${name}: expected an integer from ${least} to ${most}, got ${value}`);
  };
  whole('classes', 2, 256);
  whole('train', spec.classes, 10_000_000);
  whole('test', spec.classes, 10_000_000);
  whole('side', 2, 1024);
  whole('seed', 0, Number.MAX_SAFE_INTEGER);
  if (!(spec.noise >= 0 && spec.noise < Number.POSITIVE_INFINITY)) {
    throw new DataError(`synthetic.noise: expected a number from 0, got ${spec.noise}`);
  }
}
