/** How the program that serves this page was called, for what is to be typed. */
export const invocation = document.querySelector<HTMLMetaElement>('meta[name="invocation"]')!.content;
