/** The options of `evaluate`, as commander hands them over. */
export interface EvaluateOptions {
  readonly attack: 'clean' | 'fgsm' | 'pgd' | 'all';
  readonly epsilon?: number;
  readonly clip?: boolean;
  readonly iterations?: number;
  readonly out: string;
  readonly json?: boolean;
}
