import { DockerfileParser } from 'dockerfile-ast';
import { readDeployed } from './repository.ts';

/** What a container of an image starts with. */
export interface Image {
  readonly base: string;
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly labels: readonly string[];
}

/** What a target of deploy/Dockerfile ends as; nothing is built. */
export function readImage(target: string): Image {
  const dockerfile = DockerfileParser.parse(readDeployed('Dockerfile'));
  const froms = dockerfile.getFROMs();
  const at = froms.findIndex((from) => from.getBuildStage() === target);
  if (at === -1) throw new Error(`deploy/Dockerfile: no stage ${target}`);
  const [first, last] = [
    froms[at]!.getRange().start.line,
    froms[at + 1]?.getRange().start.line ?? Number.POSITIVE_INFINITY,
  ];
  const instructions = dockerfile
    .getInstructions()
    .filter((instruction) => instruction.getRange().start.line > first && instruction.getRange().start.line < last);
  const argumentsOf = (keyword: string) =>
    instructions
      .filter((instruction) => instruction.getKeyword() === keyword)
      .map((instruction) => instruction.getRawArgumentsContent() ?? '');
  const words = (text: string | undefined) => JSON.parse(text?.slice(text.indexOf('[')) ?? '[]') as string[];
  const pairs = (keyword: string) =>
    argumentsOf(keyword).flatMap((text) =>
      [...text.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g)].map(([, name, quoted, plain]) => [name!, quoted ?? plain!]),
    );
  return {
    base: froms[at]!.getImage() ?? '',
    entrypoint: words(argumentsOf('ENTRYPOINT').at(-1)),
    healthcheck: words(argumentsOf('HEALTHCHECK').at(-1)),
    environment: Object.fromEntries(pairs('ENV')),
    user: argumentsOf('USER').at(-1) ?? 'root',
    labels: pairs('LABEL').map(([name]) => name!),
  };
}
