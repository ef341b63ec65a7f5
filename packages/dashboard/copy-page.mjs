// Lays what the page is made of besides its own code into dist: nothing of it comes from another host.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const uplot = dirname(createRequire(import.meta.url).resolve('uplot'));
const page = join(import.meta.dirname, 'src', 'page');
const target = join(import.meta.dirname, 'dist', 'page');

mkdirSync(join(target, 'vendor'), { recursive: true });
for (const name of ['index.html', 'page.css', 'sweep.css', 'icon.svg'])
  copyFileSync(join(page, name), join(target, name));
copyFileSync(join(uplot, 'uPlot.esm.js'), join(target, 'vendor', 'uplot.js'));
copyFileSync(join(uplot, 'uPlot.min.css'), join(target, 'vendor', 'uplot.css'));
for (const [folder, name] of [
  ['report', 'report.css'],
  ['view', 'base.css'],
]) {
  mkdirSync(join(import.meta.dirname, 'dist', folder), { recursive: true });
  copyFileSync(join(import.meta.dirname, 'src', folder, name), join(import.meta.dirname, 'dist', folder, name));
}
