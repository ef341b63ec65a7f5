import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineName, EngineStatus } from './engine.js';
import { lacksCuda } from './onnx/lacks-cuda.js';
import { installedNative, nativePackages, versionOf } from './tfjs/native-packages.js';

const howToGet: Record<EngineName, string> = {
  'onnx:cpu': 'comes with the npm package onnxruntime-node (Linux x64 and arm64, macOS arm64, Windows x64 and arm64)',
  'onnx:webgpu':
    'a GPU and its driver; on Linux with Vulkan and its loader (Debian, Ubuntu: apt-get install libvulkan1); the provider comes with onnxruntime-node',
  'onnx:cuda':
    'Linux x64, an NVIDIA GPU, CUDA 12 and cuDNN 9, then: ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node',
  'tfjs:tensorflow':
    'Node 20 or 22, then: npm install @tensorflow/tfjs-node (or @tensorflow/tfjs-node-gpu, which needs CUDA 11.2 and cuDNN 8.1)',
  'tfjs:wasm': 'comes with the npm package @tensorflow/tfjs-backend-wasm',
  'tfjs:cpu': 'comes with the npm package @tensorflow/tfjs-backend-cpu',
};

/** Those whose hardware, or native binding, the project's tests have not met yet. */
const notYetOnHardware: readonly EngineName[] = ['onnx:webgpu', 'onnx:cuda', 'tfjs:tensorflow'];

const probeLimitMs = 30_000;

/**
 * Whether an engine computes on this machine. GPU providers and native bindings whose libraries are there are tried for real, in a
 * process of their own; the answer is remembered, since it costs up to a second.
 */
export function engineStatus(name: EngineName): Promise<EngineStatus> {
  const known = statuses.get(name);
  if (known) return known;
  const status = examine(name);
  statuses.set(name, status);
  return status;
}

const statuses = new Map<EngineName, Promise<EngineStatus>>();

async function examine(name: EngineName): Promise<EngineStatus> {
  const found = await look(name);
  const untried = notYetOnHardware.includes(name);
  const software = found.available && name === 'onnx:webgpu' && softwareAdapter() !== null;
  const remarks = [
    ...(software ? [`software adapter (${softwareAdapter()}): correct but slow`] : []),
    ...(found.available && untried ? ['not yet run on hardware by the project'] : []),
  ];
  const detail = [found.detail, ...remarks].join('; ');
  return { name, available: found.available, detail, howToGet: howToGet[name], ranOnHardware: !untried, software };
}

async function look(name: EngineName): Promise<{ available: boolean; detail: string }> {
  if (name === 'tfjs:cpu' || name === 'tfjs:wasm') {
    const packageName = `@tensorflow/tfjs-backend-${name.slice('tfjs:'.length)}`;
    const version = versionOf(packageName);
    return {
      available: version !== null,
      detail: version ? `${packageName} ${version}` : `${packageName} is not installed`,
    };
  }
  if (name === 'tfjs:tensorflow') {
    const installed = installedNative();
    if (!installed) return { available: false, detail: `neither ${nativePackages.join(' nor ')} is installed` };
    const major = Number(process.versions.node.split('.')[0]);
    if (major >= 23) return { available: false, detail: `${installed} does not run on Node ${major}, only below 23` };
  }
  if (name === 'onnx:cuda' && lacksCuda())
    return { available: false, detail: "onnxruntime-node's CUDA libraries are not installed" };
  const { ok, text } = await probe(name);
  return { available: ok, detail: ok ? text : shortened(text) };
}

function probe(name: EngineName): Promise<{ ok: boolean; text: string }> {
  return new Promise((resolve) => {
    const script = fileURLToPath(new URL('./probe.js', import.meta.url));
    const child = spawn(process.execPath, [script, name], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: probeLimitMs,
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on('error', (error) => resolve({ ok: false, text: error.message }));
    child.on('close', (code, signal) => {
      const ended = signal
        ? `trying it ended its process by ${signal}`
        : `trying it ended its process with code ${code}`;
      resolve({ ok: code === 0, text: text || ended });
    });
  });
}

/** The reason in ONNX Runtime's messages, without its own source locations. */
function shortened(text: string): string {
  const reason = /(Failed to get a WebGPU adapter: .*|Failed to load shared library)/.exec(text)?.[1];
  return reason ?? text.split('\n')[0]!;
}

const softwareDrivers = /swiftshader|lvp|lavapipe|llvmpipe/i;

/** The Vulkan driver's file where every one that the loader would read is known to compute in software, else null. */
function softwareAdapter(): string | null {
  const chosen = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;
  const files = chosen ? chosen.split(':') : ['/etc/vulkan/icd.d', '/usr/share/vulkan/icd.d'].flatMap(filesIn);
  const drivers = files.filter(Boolean).map((file) => basename(file));
  return drivers.length > 0 && drivers.every((driver) => softwareDrivers.test(driver)) ? drivers[0]! : null;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
