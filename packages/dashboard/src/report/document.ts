import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Html, html } from './html.js';

/** A file that holds all it shows: it asks nobody for anything, and runs nothing. */
export function documentOf(title: string, body: Html): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const style = new Html(readFileSync(fileURLToPath(new URL('./report.css', import.meta.url)), 'utf8'));
  return `<!doctype html>\n${
    html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta http-equiv="content-security-policy" content="${policy}"><title>${title}</title><style>${style}</style></head><body>${body}</body></html>`
      .text
  }\n`;
}
