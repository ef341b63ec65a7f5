import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The native TensorFlow bindings, the GPU's first: a machine that has both means to use it. */
export const nativePackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

export function installedNative(): string | undefined {
  return nativePackages.find((name) => versionOf(name) !== null);
}

/** Of an installed package, else null. */
export function versionOf(packageName: string): string | null {
  try {
    return (require(`${packageName}/package.json`) as { version: string }).version;
  } catch {
    return null;
  }
}
