import { cpus } from 'node:os';
import { loadDataSet } from '@sparring/data';
import { openEngine } from '@sparring/engine';
import { count, percent, rate } from '../presentation/figures.js';
import { openScreen } from '../presentation/screen.js';
import { bareStep, fullRecipe, stepsPerCall } from './contestants.js';
import { interleave } from './interleave.js';

/** The options of `bench engine`, as commander hands them over. */
export interface BenchOptions {
  readonly engine: 'onnx:cpu' | 'onnx:webgpu' | 'onnx:cuda';
  readonly seconds: number;
  readonly json?: boolean;
}

/** `sparring bench engine` */
export async function benchEngine({ engine, seconds, json }: BenchOptions): Promise<void> {
  const screen = openScreen({ json });
  const { version } = await openEngine(engine);
  const processor = cpus()[0]?.model.trim() || process.arch;
  screen.say(`${engine} (${version}) on one thread of ${processor}`);
  const dataSet = await loadDataSet({ set: 'mnist', validation: 10_000 });
  const { batch, flops, numProducts, ...bare } = await bareStep(engine, dataSet);
  const full = await fullRecipe(engine, dataSet);
  const medians = await interleave([bare.step, bare.products, full], seconds);
  await Promise.all([bare.step.close(), bare.products.close(), full.close()]);
  const [stepMs, productsMs, recipeMs] = medians.map((ms) => ms / stepsPerCall) as [number, number, number];

  const matmulShare = productsMs / stepMs;
  const examplesPerSecond = (batch * 1_000) / stepMs;
  const recipeRate = (batch * 1_000) / recipeMs;
  const flopRate = `${(flops / productsMs / 1e6).toFixed(0)} GFLOP/s`;
  const { bold, dim } = screen.colors;
  const line = (name: string, ms: number, remark: string) =>
    screen.say(`  ${name.padEnd(34)} ${bold(`${ms.toFixed(2).padStart(6)} ms`)}   ${dim(remark)}`);
  screen.say(
    dim(`784 → maxout 240 × 5 → maxout 240 × 5 → 10, batch ${batch}, ${stepsPerCall} steps a call; ms a step, median:`),
  );
  screen.say();
  line('clean pass, FGSM, adversarial pass', stepMs, rate(examplesPerSecond));
  line(
    `its ${count(numProducts)} matrix products alone`,
    productsMs,
    `${percent(matmulShare, 0)} of the step, ${flopRate}`,
  );
  line('the recipe maxout-240', recipeMs, `${rate(recipeRate)}, with dropout, momentum and max-norm`);
  screen.result({
    examplesPerSecond,
    millisecondsPerStep: stepMs,
    matmulShare,
    matmulMillisecondsPerStep: productsMs,
    gigaflopsPerSecond: flops / productsMs / 1e6,
    recipe: { name: 'maxout-240', examplesPerSecond: recipeRate, millisecondsPerStep: recipeMs },
    ...{ batch, stepsPerCall, engine, engineVersion: version, processor, seconds },
  });
}
