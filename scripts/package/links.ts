import { existsSync } from "node:fs";
import { glob, readFile, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

interface Origin {
  /** Such as github:octo-org/product. */
  readonly repository?: string;
  /** Commit of the repository. */
  readonly gitHead?: string;
}

/**
 * Changes each link of the package's documents to a file that the package lacks. The new link is to
 * the repository at the commit. If the repository is unknown, only the link's text stays.
 */
export async function keepLinks(folder: string, { repository, gitHead }: Origin): Promise<void> {
  const base = repository?.replace("github:", "https://github.com/");
  for await (const file of glob("**/*.md", { cwd: folder })) {
    const text = await readFile(join(folder, file), "utf8");
    const changed = text.replace(
      /\[([^\]]+)\]\((?![a-z]+:|#)([^)#\s]+)([^)\s]*)\)/g,
      (link, words: string, target: string, anchor: string) => {
        const path = normalize(join(dirname(file), target)).replaceAll("\\", "/");
        if (existsSync(join(folder, path))) return link;
        if (base === undefined) return words;
        return `[${words}](${base}/blob/${gitHead ?? "HEAD"}/${path}${anchor})`;
      },
    );
    if (changed !== text) await writeFile(join(folder, file), changed);
  }
}
