/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | readonly (Html | string | number)[];

/** HTML of a template: whatever is put into it is escaped, unless it is HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const text = parts.map((part, i) => part + (i < values.length ? written(values[i]!) : ''));
  return new Html(text.join(''));
}

function written(value: Value): string {
  if (Array.isArray(value)) return value.map((each) => written(each as Value)).join('');
  return value instanceof Html ? value.text : escaped(String(value));
}

/** Text as it stands in HTML, in attributes too. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
