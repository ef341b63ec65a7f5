import type { EngineName } from './engine.js';
import { installedNative, versionOf } from './tfjs/native-packages.js';

/** The package that computes for an engine, and its version, without loading it: 'onnxruntime-node 1.30.0'. */
export function engineVersion(name: EngineName): string {
  const packageName = packageOf(name);
  return `${packageName} ${versionOf(packageName) ?? '(not installed)'}`;
}

function packageOf(name: EngineName): string {
  if (name.startsWith('onnx:')) return 'onnxruntime-node';
  if (name === 'tfjs:tensorflow') return installedNative() ?? '@tensorflow/tfjs-node';
  return name === 'tfjs:wasm' ? '@tensorflow/tfjs-backend-wasm' : '@tensorflow/tfjs-backend-cpu';
}
