/** Quotes the text as a single word for a shell. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
