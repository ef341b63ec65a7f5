import { openScreen, type Screen } from '../presentation/screen.js';
import { wrapped } from '../presentation/wrapped.js';
import { examineBroker } from './broker.js';
import { examineData } from './data.js';
import { examineDisk } from './disk.js';
import { examineEngines } from './engines.js';
import type { Finding } from './finding.js';
import { examineMachine } from './machine.js';

/** `sparring doctor`: prints what was found; false where something required is missing. */
export async function examine({ out, json }: { out: string; json?: boolean }): Promise<boolean> {
  const screen = openScreen({ json });
  const findings = [
    ...examineMachine(),
    ...(await examineEngines()),
    ...(await examineData()),
    ...examineBroker(),
    ...(await examineDisk(out)),
  ];
  const healthy = findings.every(({ state }) => state !== 'missing');
  screen.result({ healthy, findings });
  if (!json) show(findings, healthy, screen);
  return healthy;
}

const titles = { machine: 'This machine', engines: 'Engines', data: 'Data', cluster: 'Cluster', disk: 'Runs' } as const;

function show(findings: readonly Finding[], healthy: boolean, { colors, say }: Screen): void {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const marks = { present: colors.green('✓'), absent: colors.dim('–'), missing: colors.red('✗') };
  for (const [section, title] of Object.entries(titles)) {
    say(colors.bold(title));
    for (const { name, state, detail, howToGet } of findings.filter((finding) => finding.section === section)) {
      const [first, ...more] = wrapped(detail, 96 - width);
      say(`  ${marks[state]} ${name.padEnd(width)}  ${first ?? ''}`);
      const rest = [...more, ...(howToGet ? wrapped(`to get it: ${howToGet}`, 96 - width) : [])];
      for (const line of rest) say(`${' '.repeat(width + 6)}${colors.dim(line)}`);
    }
    say();
  }
  say(healthy ? 'Nothing that sparring needs is missing.' : colors.red('Something is missing that sparring needs.'));
}
