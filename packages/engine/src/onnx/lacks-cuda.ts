import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Whether it is certain, without trying, that ONNX Runtime has no CUDA provider: its library would lie beside its binding. */
export function lacksCuda(): boolean {
  try {
    const bin = join(dirname(createRequire(import.meta.url).resolve('onnxruntime-node')), '..', 'bin');
    const folders = readdirSync(bin).map((version) => join(bin, version, process.platform, process.arch));
    const ours = folders.filter((folder) => existsSync(join(folder, 'onnxruntime_binding.node')));
    return (
      ours.length > 0 && !ours.some((folder) => readdirSync(folder).some((file) => file.includes('providers_cuda')))
    );
  } catch {
    return false;
  }
}
