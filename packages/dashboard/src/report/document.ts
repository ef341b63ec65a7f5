import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Html, html } from './html.js';

/** A file that holds all it shows: it asks nobody for anything, and runs nothing. */
export function documentOf(title: string, body: Html): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const sheets = ['../view/base.css', './report.css'].map((name) => new URL(name, import.meta.url));
  const style = new Html(sheets.map((sheet) => readFileSync(fileURLToPath(sheet), 'utf8')).join(''));
  return `<!doctype html>\n${
    html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta http-equiv="content-security-policy" content="${policy}"><title>${title}</title><style>${style}</style></head><body>${body}</body></html>`
      .text
  }\n`;
}
