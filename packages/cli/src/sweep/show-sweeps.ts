import {
  findSweep,
  listSweeps,
  readRecord,
  type SweepRecord,
  showSeeds,
  tableCsv,
  tableText,
  tabulate,
} from '@sparring/sweep';
import { count, plural } from '../presentation/figures.js';
import { openScreen } from '../presentation/screen.js';
import { Book } from './book.js';
import { countsOf, sweepJson } from './sweep-json.js';
import { standingOf, standingWords } from './sweep-standing.js';
import { failureWords, prunedWords } from './sweep-words.js';

/** `sparring sweeps`: those of an output folder, a line each. */
export async function showSweeps({ out, json }: { out: string; json?: boolean }): Promise<void> {
  const screen = openScreen({ json });
  const records: SweepRecord[] = [];
  for (const id of await listSweeps(out)) records.push((await readRecord(out, id))!);
  const books = await Book.openAll(out, records);
  const rows = await Promise.all(
    books.map(async (book) => ({ book, standing: standingWords(await standingOf(book)) })),
  );
  screen.result(rows.map(({ book, standing }) => ({ sweep: book.record.id, standing, ...countsOf(book) })));
  if (json) return;
  if (rows.length === 0) screen.say(`There are no sweeps in ${out}.`);
  const width = Math.max(0, ...rows.map(({ book }) => book.record.id.length));
  for (const { book, standing } of rows) {
    const { runs, done, failed, pruned } = countsOf(book);
    const more = [failed > 0 ? `, ${failed} failed` : '', pruned > 0 ? `, ${pruned} given up` : ''].join('');
    screen.say(
      `${screen.colors.bold(book.record.id.padEnd(width))}  ${count(done)} of ${plural(runs, 'run')} done${more}; ${standing}`,
    );
  }
}

/** `sparring sweep status`: where a sweep stands, and its table so far. */
export async function showSweep(id: string, options: { out: string; json?: boolean; csv?: boolean }): Promise<void> {
  const { out, json, csv } = options;
  const screen = openScreen({ json: json || csv });
  const record = await findSweep(out, id);
  const book = await Book.open(out, record);
  const table = tabulate(record, book.states.values());
  if (csv) process.stdout.write(tableCsv(table));
  if (json)
    process.stdout.write(
      `${JSON.stringify({ standing: standingWords(await standingOf(book)), ...sweepJson(book) })}\n`,
    );
  if (csv || json) return;
  const { runs, done, failed, pruned, begun } = countsOf(book);
  const parts = [
    `${count(done)} of ${plural(runs, 'run')} done`,
    `${begun} begun`,
    `${failed} failed`,
    `${pruned} given up`,
  ];
  screen.say(`${screen.colors.bold(record.id)}: ${parts.join(', ')}; ${standingWords(await standingOf(book))}`);
  screen.say(
    `  ${plural(record.configurations.length, 'configuration')} with the seeds ${showSeeds(record.seeds)}, from ${record.source}, on ${record.engine}`,
  );
  screen.say();
  for (const line of tableText(table)) screen.say(line);
  for (const line of prunedWords(book)) screen.say(line);
  for (const line of failureWords(book)) screen.say(line);
}
