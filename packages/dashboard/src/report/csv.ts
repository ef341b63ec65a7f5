import type { EpochView, Measured, ProbeView, RunView } from '../view/run-view.js';

const attacks = ['clean', 'fgsm', 'pgd'] as const;

const columns = [
  ...['run', 'net', 'kind', 'epoch', 'step', 'loss'],
  ...attacks.flatMap((attack) => [`${attack}_error`, `${attack}_confidence`]),
  ...['learning_rate', 'momentum', 'training_seconds', 'examples_per_second', 'parameters_digest', 'optimizer_digest'],
  ...['gradient_cosine', 'collapsed', 'action'],
] as const;

type Line = Partial<Record<(typeof columns)[number], string | number | boolean | null>>;

/** The numbers of a run as CSV (RFC 4180): a line for each epoch, probe and test, errors as fractions, empty where nothing was measured. */
export function csvOf(view: RunView): string {
  const lines = view.nets.flatMap(({ key, records, probes }) => {
    const at = { run: view.id, net: key };
    return [...records.map((record) => epochLine(record)), ...probes.map((probe) => probeLine(probe))]
      .sort((a, b) => Number(a.step) - Number(b.step))
      .map((line) => ({ ...at, ...line }));
  });
  const tests = (view.results ?? []).map(({ test }, i) => ({
    ...{ run: view.id, net: i === 0 ? 'net' : 'twin', kind: 'test' },
    ...measured(test),
  }));
  return csvText(columns, [...lines, ...tests]);
}

/** Lines under their head; what is null or left out is empty. */
export function csvText<Column extends string>(
  columns: readonly Column[],
  lines: readonly Readonly<Partial<Record<Column, string | number | boolean | null>>>[],
): string {
  const written = lines.map((line) => columns.map((column) => cell(line[column] ?? '')).join(','));
  return [columns.join(','), ...written].map((line) => `${line}\r\n`).join('');
}

function epochLine(record: EpochView): Line {
  return {
    ...{
      kind: 'epoch',
      epoch: record.epoch,
      step: record.step,
      loss: record.loss,
      ...measured(record.validation ?? {}),
    },
    ...{ learning_rate: record.learningRate, momentum: record.momentum, training_seconds: record.trainingSeconds },
    examples_per_second: record.examplesPerSecond,
    ...{ parameters_digest: record.parametersDigest, optimizer_digest: record.optimizerDigest },
  };
}

function probeLine({ step, errors, gradientCosine, collapsed, action }: ProbeView): Line {
  const named = attacks.map((attack) => [`${attack}_error`, errors[attack] ?? null]);
  return { kind: 'probe', step, ...Object.fromEntries(named), gradient_cosine: gradientCosine, collapsed, action };
}

function measured(test: Partial<Record<(typeof attacks)[number], Measured>>): Line {
  return Object.fromEntries(
    attacks.flatMap((attack) => [
      [`${attack}_error`, test[attack]?.error ?? null],
      [`${attack}_confidence`, test[attack]?.confidence ?? null],
    ]),
  );
}

function cell(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
