import { type AttackSpec, drawStart, type Model } from '@sparring/core';
import { type DataSet, Random } from '@sparring/data';
import { type EngineName, type Executable, openEngine } from '@sparring/engine';
import { loadModel, type TrainingDefinition, under } from '@sparring/training';
import { type ChosenExamples, chooseExamples } from './chosen-examples.js';
import { divergingPalette, divergingShade, grays } from './colors.js';
import { drawsStart, exampleProgram } from './example-program.js';
import { firstLayerPicture } from './first-layer.js';
import type { AttackPictures, ExamplePictures, Pictures } from './pictures.js';
import { pngUri } from './png.js';

export interface StudioSettings {
  readonly engine: EngineName;
  readonly model: TrainingDefinition['model'];
  readonly seed: number;
  /** By title. */
  readonly attacks: Readonly<Record<string, AttackSpec>>;
  /** What classes are called, in their order; by their numbers where that is not said. */
  readonly classNames: readonly string[];
}

export interface StudioOptions extends StudioSettings {
  readonly dataSet: DataSet;
}

interface Compiled {
  readonly title: string;
  readonly attack: AttackSpec;
  readonly executable: Executable;
}

/** Makes a net's pictures; compiled once, for the parameters of any step. */
export class Studio {
  readonly #options: StudioOptions;
  readonly #model: Model;
  readonly #examples: ChosenExamples;
  readonly #compiled: readonly Compiled[];

  private constructor(options: StudioOptions, model: Model, examples: ChosenExamples, compiled: readonly Compiled[]) {
    this.#options = options;
    this.#model = model;
    this.#examples = examples;
    this.#compiled = compiled;
  }

  static async open(options: StudioOptions): Promise<Studio> {
    const model = await loadModel(options.model, options.dataSet);
    const engine = await openEngine(options.engine);
    const examples = chooseExamples(options.dataSet);
    const compiled: Compiled[] = [];
    for (const [title, attack] of Object.entries(options.attacks)) {
      const executable = await engine.compile(exampleProgram(model, attack, examples.indices.length));
      compiled.push({ title, attack, executable });
    }
    return new Studio(options, model, examples, compiled);
  }

  async make(step: number, parameters: Readonly<Record<string, Float32Array>>): Promise<Pictures> {
    const imageShape = this.#options.dataSet.imageShape as [number, number];
    const attacks: AttackPictures[] = [];
    for (const compiled of this.#compiled) attacks.push(await this.#attack(compiled, parameters));
    return { step, imageShape, attacks, firstLayer: firstLayerPicture(this.#model, parameters, imageShape) };
  }

  async #attack(
    { title, attack, executable }: Compiled,
    parameters: Readonly<Record<string, Float32Array>>,
  ): Promise<AttackPictures> {
    const { x, labels, indices } = this.#examples;
    const start = drawsStart(attack) ? { start: this.#start(attack) } : {};
    const outputs = await executable.run({ ...under('parameters', parameters), x, labels, ...start });
    const predictions = (when: string) => ({
      labels: outputs[`label/${when}`] as Int32Array,
      confidences: outputs[`confidence/${when}`] as Float32Array,
    });
    const [before, after] = [predictions('before'), predictions('after')];
    const adversarialX = outputs.adversarialX as Float32Array;
    const examples = indices.map((index, i) => ({
      ...{ index, label: this.#nameOf(labels[i]!) },
      ...this.#images(i, adversarialX, attack),
      before: this.#prediction(before, i),
      after: this.#prediction(after, i),
    }));
    return { title, epsilon: attack.epsilon, examples };
  }

  #images(
    i: number,
    adversarialX: Float32Array,
    attack: AttackSpec,
  ): Pick<ExamplePictures, 'clean' | 'perturbation' | 'adversarial'> {
    const [height, width] = this.#options.dataSet.imageShape as [number, number];
    const size = height * width;
    const clean = this.#examples.x.subarray(i * size, (i + 1) * size);
    const adversarial = adversarialX.subarray(i * size, (i + 1) * size);
    const perturbation = adversarial.map((value, pixel) => value - clean[pixel]!);
    // An L2 ball's radius says nothing of a single pixel.
    const scale =
      attack.norm === 'linf'
        ? attack.epsilon
        : perturbation.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const shades = Uint8Array.from(perturbation, (value) => divergingShade(value, scale));
    return {
      clean: pngUri(grays(clean, attack.bounds), width, height),
      perturbation: pngUri(shades, width, height, divergingPalette),
      adversarial: pngUri(grays(adversarial, attack.bounds), width, height),
    };
  }

  #prediction({ labels, confidences }: { labels: Int32Array; confidences: Float32Array }, i: number) {
    const label = labels[i]!;
    return { label: this.#nameOf(label), confidence: confidences[i]!, isRight: label === this.#examples.labels[i] };
  }

  #start(attack: AttackSpec): Float32Array {
    const { seed } = this.#options;
    const random = new Random({ seed, purpose: 'evaluation-start', epoch: 0, step: 0, shard: 0 });
    return drawStart(attack.norm, this.#examples.x.length, random);
  }

  #nameOf(label: number): string {
    return this.#options.classNames[label] ?? String(label);
  }
}
