type Child = Node | string | null | false;

/** An element. All text becomes text nodes: nothing that a run says is ever read as HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Sets text where it has changed, so that a selection survives. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element: HTMLElement, isShown: boolean): void {
  element.hidden = !isShown;
}

/** The line above everything, with a way back where there is one. */
export function topOf(backTo = ''): HTMLElement {
  const back = backTo === '' ? null : h('a', { href: '/', class: 'back' }, backTo);
  return h('div', { class: 'top' }, h('a', { href: '/', class: 'brand' }, 'sparring'), back);
}

/** One of several to choose from. */
export function tab(title: string, isChosen: boolean, choose: () => void): HTMLElement {
  const button = h('button', { type: 'button', 'aria-pressed': String(isChosen) }, title);
  button.addEventListener('click', choose);
  return button;
}

/** A titled part of the page, with what is said while there is nothing to show. */
export function section(title: string, hint: string, ...children: Child[]): HTMLElement {
  return h(
    'section',
    { class: 'card' },
    h('header', { class: 'card-head' }, h('h2', {}, title), h('p', { class: 'hint' }, hint)),
    ...children,
  );
}
