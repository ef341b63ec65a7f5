/** What a net makes of a few examples, and what it looks for in them: images as data URIs of PNGs. */
export interface Pictures {
  /** Steps that the net had taken. */
  readonly step: number;
  /** [rows, columns] of an example. */
  readonly imageShape: readonly [number, number];
  readonly attacks: readonly AttackPictures[];
  readonly firstLayer: LayerPicture | null;
}

export interface AttackPictures {
  /** 'FGSM, ε = 0.25' */
  readonly title: string;
  readonly epsilon: number;
  readonly examples: readonly ExamplePictures[];
}

export interface ExamplePictures {
  /** Its place in the split. */
  readonly index: number;
  readonly label: string;
  readonly clean: string;
  /** Blue where darker, orange where brighter, white where nothing is changed. */
  readonly perturbation: string;
  readonly adversarial: string;
  readonly before: Prediction;
  readonly after: Prediction;
}

export interface Prediction {
  readonly label: string;
  /** Probability that the net gives it. */
  readonly confidence: number;
  readonly isRight: boolean;
}

export interface LayerPicture {
  /** The parameter's name. */
  readonly name: string;
  /** One tile for each of the first units; blue is negative, orange positive. */
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly shown: number;
  readonly units: number;
  /** The weight that has the full colour. */
  readonly scale: number;
}
