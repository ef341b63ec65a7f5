import type { AttackPictures, ExamplePictures, LayerPicture, Pictures, Prediction } from '../pictures/pictures.js';
import { count, percent } from '../view/figures.js';
import type { NetKey, NetView, RunView } from '../view/run-view.js';
import { h, section, setText, show, tab } from './dom.js';
import { currentNet } from './overview.js';

/** Adversarial examples as pictures, and the weights of the first layer. */
export class Gallery {
  readonly examples: HTMLElement;
  readonly weights: HTMLElement;
  readonly #id: string;
  readonly #nets = h('div', { class: 'tabs', role: 'group', 'aria-label': 'which net' });
  readonly #attacks = h('div', { class: 'tabs', role: 'group', 'aria-label': 'which attack' });
  readonly #caption = h('p', { class: 'caption' });
  readonly #grid = h('div', { class: 'examples' });
  readonly #empty = h('p', { class: 'empty' });
  readonly #layer = h('div', { class: 'layer' });
  readonly #layerEmpty = h('p', { class: 'empty' });
  readonly #pictures = new Map<NetKey, Pictures | null>();
  /** What was asked for: `net 120`. */
  readonly #asked = new Map<NetKey, number>();
  #view: RunView | undefined;
  #chosenNet: NetKey | undefined;
  #attack = 0;

  constructor(id: string) {
    this.#id = id;
    this.examples = section(
      'Adversarial examples',
      'The same few examples each time: as they are, the change that fools the net, and both together.',
      h('div', { class: 'choices' }, this.#nets, this.#attacks),
      this.#caption,
      this.#empty,
      this.#grid,
    );
    this.weights = section(
      'First-layer weights',
      'What each unit of the first layer looks for: orange adds to it, blue takes away.',
      this.#layerEmpty,
      this.#layer,
    );
  }

  update(view: RunView): void {
    this.#view = view;
    for (const { key, picturesStep } of view.nets) {
      if (picturesStep !== null && this.#asked.get(key) !== picturesStep) void this.#ask(key, picturesStep);
    }
    if (this.#pictures.size === 0) this.#draw();
  }

  async #ask(key: NetKey, step: number): Promise<void> {
    this.#asked.set(key, step);
    try {
      const response = await fetch(`/api/runs/${encodeURIComponent(this.#id)}/pictures/${key}`);
      if (!response.ok) return;
      const pictures = (await response.json()) as Pictures | null;
      // What was seen stays, where there is nothing newer.
      this.#pictures.set(key, pictures ?? this.#pictures.get(key) ?? null);
      this.#draw();
    } catch {
      // The connection's state says it.
    }
  }

  #draw(): void {
    const view = this.#view!;
    const shown = view.nets.filter(({ key }) => this.#pictures.get(key));
    const net = this.#chosen(view, shown);
    const pictures = net ? this.#pictures.get(net.key)! : null;
    show(this.#empty, pictures === null);
    show(this.#layerEmpty, !pictures?.firstLayer);
    const none = this.#isAllAnswered(view)
      ? 'There are none: these examples are no images, or there is no checkpoint yet.'
      : null;
    setText(this.#empty, none ?? 'They are made as soon as the net trains.');
    setText(
      this.#layerEmpty,
      none ?? (pictures ? 'This model has no weights that look like its input.' : 'They come with the pictures above.'),
    );
    this.#nets.replaceChildren(...(shown.length > 1 ? shown.map((each) => this.#netTab(each, each === net)) : []));
    this.#attacks.replaceChildren(...(pictures?.attacks ?? []).map(({ title }, i) => this.#attackTab(title, i)));
    setText(this.#caption, pictures ? `${capital(net!.title)} after step ${count(pictures.step)}.` : '');
    const attack = pictures?.attacks[this.#attack];
    this.#grid.replaceChildren(...(attack ? drawExamples(attack) : []));
    this.#layer.replaceChildren(...(pictures?.firstLayer ? drawLayer(pictures.firstLayer) : []));
  }

  #isAllAnswered(view: RunView): boolean {
    return view.nets.every(({ key, picturesStep }) => (picturesStep === null ? !view.isLive : this.#pictures.has(key)));
  }

  #chosen(view: RunView, shown: readonly NetView[]): NetView | undefined {
    const wanted = this.#chosenNet ?? (view.isLive ? currentNet(view).key : 'net');
    return shown.find(({ key }) => key === wanted) ?? shown.at(-1);
  }

  #netTab({ key, title }: NetView, isChosen: boolean): HTMLElement {
    return tab(capital(title), isChosen, () => {
      this.#chosenNet = key;
      this.#draw();
    });
  }

  #attackTab(title: string, i: number): HTMLElement {
    return tab(title, i === this.#attack, () => {
      this.#attack = i;
      this.#draw();
    });
  }
}

function drawExamples({ examples }: AttackPictures): HTMLElement[] {
  return examples.map((example) =>
    h(
      'figure',
      { class: `example${example.before.isRight && !example.after.isRight ? ' is-fooled' : ''}` },
      stage('clean', example.clean, example, example.before),
      stage('perturbation', example.perturbation, example, null),
      stage('adversarial', example.adversarial, example, example.after),
    ),
  );
}

function stage(
  name: string,
  image: string,
  { label, index }: ExamplePictures,
  prediction: Prediction | null,
): HTMLElement {
  return h(
    'div',
    { class: `stage stage-${name}` },
    h('img', {
      src: image,
      alt: `example ${index}, a ${label}: ${name}`,
      title: `validation example ${index}, a ${label}`,
    }),
    prediction
      ? h(
          'span',
          { class: prediction.isRight ? 'right' : 'wrong' },
          h('b', {}, `${prediction.isRight ? '' : '✗ '}${prediction.label}`),
          ` ${percent(prediction.confidence, 0)}`,
        )
      : h('span', { class: 'operator' }, '+ η'),
  );
}

function drawLayer({ name, image, width, height, shown, units, scale }: LayerPicture): HTMLElement[] {
  return [
    h('img', { src: image, width: String(width), height: String(height), alt: `weights of ${shown} units` }),
    h(
      'p',
      { class: 'caption' },
      `${name}: ${shown} of ${count(units)} units; full colour at ±${scale.toPrecision(2)}.`,
    ),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
