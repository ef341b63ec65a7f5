import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import { ConfigError, showValue } from './config-error.js';
import { nearestName } from './nearest.js';
import { anchorPaths, expandShorthands, type WrittenTree } from './written-tree.js';

/** Where the shipped recipes lie. */
export const recipesFolder = fileURLToPath(new URL('../../recipes/', import.meta.url));

/** A shipped recipe as `sparring recipes` lists it. */
export interface Recipe {
  readonly name: string;
  readonly file: string;
  readonly description: string;
  /** What it costs, in words: "about 60 s on one core". */
  readonly estimate: string;
}

/** Errors that a paper reports for what a recipe trains, as fractions. */
export interface PublishedFigures {
  readonly clean?: number;
  readonly fgsm?: number;
  readonly pgd?: number;
  readonly source?: string;
}

/** The figures beside which a recipe's or a file's results are to stand; null where it names none. It must have been resolved before. */
export function publishedFigures(recipeOrFile: string, cwd = process.cwd()): PublishedFigures | null {
  const { published } = readRecipe(recipeOrFile, cwd).tree;
  return (published as PublishedFigures | undefined) ?? null;
}

/** The shipped recipes by name. */
export function listRecipes(): Recipe[] {
  return recipeNames().map((name) => {
    const file = join(recipesFolder, `${name}.yaml`);
    const tree = readTree(file);
    return { name, file, description: String(tree.description ?? ''), estimate: String(tree.estimate ?? '') };
  });
}

/** Reads a recipe by its name, or a YAML file by its path; its paths become absolute. */
export function readRecipe(recipeOrFile: string, cwd: string): { name: string; file: string; tree: WrittenTree } {
  const isFile = /[/\\]|\.ya?ml$/.test(recipeOrFile);
  const file = isFile ? resolve(cwd, recipeOrFile) : join(recipesFolder, `${recipeOrFile}.yaml`);
  const names = recipeNames();
  if (isFile ? !isRegularFile(file) : !names.includes(recipeOrFile)) {
    const nearest = isFile ? null : nearestName(recipeOrFile, names);
    const hint = isFile ? `no such file: ${file}` : nearest === null ? null : `did you mean ${nearest}?`;
    const takes = `one of ${names.join(', ')}, or the path of a .yaml file`;
    throw new ConfigError('command line', [{ path: 'recipe', got: showValue(recipeOrFile), takes, hint }]);
  }
  const tree = readTree(file);
  expandShorthands(tree);
  anchorPaths(tree, dirname(file));
  return { name: basename(file, extname(file)), file, tree };
}

function recipeNames(): string[] {
  const files = readdirSync(recipesFolder).filter((name) => name.endsWith('.yaml'));
  return files.map((name) => name.slice(0, -'.yaml'.length)).sort();
}

function isRegularFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function readTree(file: string): WrittenTree {
  return parseTree(readFileSync(file, 'utf8'), file);
}

/** @throws ConfigError with the places in `file` where the text is no YAML, or no mapping */
export function parseTree(text: string, file: string): WrittenTree {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => {
      const { line, col } = lines.linePos(pos[0]);
      return { path: `${file}:${line}:${col}`, got: message, takes: 'valid YAML', hint: null };
    });
    throw new ConfigError(basename(file), faults);
  }
  const tree: unknown = document.toJS() ?? {};
  if (typeof tree === 'object' && tree !== null && !Array.isArray(tree)) return tree as WrittenTree;
  const takes = 'keys and values such as model: softmax';
  throw new ConfigError(basename(file), [{ path: `${file}:1:1`, got: showValue(tree), takes, hint: null }]);
}
