/** Errors of a net on the sample that probes measure: fractions, on clean examples, under FGSM and under PGD. */
export interface ProbeErrors {
  readonly clean: number;
  readonly fgsm: number;
  readonly pgd: number;
}

/** `poor`: as weak as a net that has collapsed, but FGSM sees it too; training may recover from it, and nothing goes back to it. */
export type Verdict = 'good' | 'poor' | 'collapsed';

/**
 * Has a net collapsed? It has where its PGD error is above the lowest that a probe has seen by more than `growth`, while its FGSM error is
 * not above what it was in that probe.
 *
 * Such is catastrophic overfitting: a net that is trained against FGSM learns to mislead FGSM instead of withstanding it, so that its
 * FGSM error falls while PGD fools it on nearly every example (Wong, Rice, Kolter, "Fast is better than free", arXiv 2001.03994, section
 * 5.4; Andriushchenko, Flammarion, "Understanding and improving fast adversarial training", arXiv 2007.02617). It comes within a few hundred
 * steps. The first authors' code ends training where PGD accuracy has fallen by more than .2 since the last epoch: hence the default
 * of `growth`. Here the lowest error is compared and not the last, so that probes may follow each other closely; and FGSM's is asked
 * too, since nets that get worse under every attack suffer from something else.
 *
 * @param best The probe of the lowest PGD error so far; null for the first probe, which has nothing to be compared with.
 */
export function judge(best: ProbeErrors | null, errors: ProbeErrors, growth: number): Verdict {
  if (best === null || errors.pgd - best.pgd <= growth) return 'good';
  return errors.fgsm <= best.fgsm ? 'collapsed' : 'poor';
}

/** The probe of the lowest PGD error: the earlier one where they are equal. */
export function bestOf(best: ProbeErrors | null, errors: ProbeErrors): ProbeErrors {
  return best !== null && best.pgd <= errors.pgd ? best : errors;
}
