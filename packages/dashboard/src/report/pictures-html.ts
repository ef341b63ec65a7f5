import type { AttackPictures, Pictures, Prediction } from '../pictures/pictures.js';
import { count, percent } from '../view/figures.js';
import { type Html, html } from './html.js';

/** Adversarial examples and first-layer weights of a net. */
export function picturesHtml(title: string, pictures: Pictures): Html {
  const { step, attacks, firstLayer } = pictures;
  const layer = firstLayer
    ? html`<h3>First-layer weights</h3><p class="muted">${firstLayer.name}: ${firstLayer.shown} of ${count(firstLayer.units)} units; orange adds, blue takes away, full colour at ±${firstLayer.scale.toPrecision(2)}.</p><img class="layer" src="${firstLayer.image}" alt="first-layer weights">`
    : '';
  return html`<h2>Adversarial examples: ${title}</h2><p class="muted">After step ${count(step)}: clean, perturbation, adversarial; below, the prediction and its probability.</p>${attacks.map(attackHtml)}${layer}`;
}

function attackHtml({ title, examples }: AttackPictures): Html {
  const figures = examples.map(
    ({ index, label, clean, perturbation, adversarial, before, after }) =>
      html`<figure><img src="${clean}" alt="example ${index}, a ${label}">${predictionHtml(before)}<img src="${perturbation}" alt="perturbation"><span class="muted">+ η</span><img src="${adversarial}" alt="adversarial">${predictionHtml(after)}</figure>`,
  );
  return html`<h3>${title}</h3><div class="examples">${figures}</div>`;
}

function predictionHtml({ label, confidence, isRight }: Prediction): Html {
  return html`<span class="${isRight ? 'right' : 'wrong'}">${isRight ? '' : '✗ '}<b>${label}</b> ${percent(confidence, 0)}</span>`;
}
