/** A child that says, by its plan's exit code, that it was started wrongly: starting it again would not help. */
export class ChildRefused extends Error {
  override readonly name = 'ChildRefused';

  constructor(child: string, lastLines: readonly string[]) {
    super(`${child} refuses how it was started: ${lastLines.join('\n') || 'it does not say why'}`);
  }
}
