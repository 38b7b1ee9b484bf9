import type { Plugin } from "esbuild";

const nothing = "module.exports = {};";

/** Modules that no hook can reach, with what stands for them: reading and compiling them is a part of every cold start. */
const modules: readonly (readonly [filter: RegExp, contents: string])[] = [
  // undici's HTTP/2, which is off, and fetch, for bodies that are forms or streams.
  [/undici\/lib\/dispatcher\/client-h2\.js$/, nothing],
  [/undici\/lib\/web\//, nothing],
  // What MSAL signs with a certificate's key; a managed identity has none.
  [/jsonwebtoken\/index\.js$/, nothing],
  // An identity in Kubernetes; with it most of MSAL is left out.
  [/@azure\/identity\/.*\/workloadIdentityCredential\.js$/, "export class WorkloadIdentityCredential {}"],
];

/** Fails the build where a package has moved what is to be left out. */
export const leaveOut: Plugin = {
  name: "leave-out",
  setup(build) {
    const unseen = new Set(modules.map(([filter]) => filter));
    for (const [filter, contents] of modules)
      build.onLoad({ filter }, () => {
        unseen.delete(filter);
        return { contents };
      });
    build.onEnd(() => ({ errors: [...unseen].map(({ source }) => ({ text: `No module is named ${source}` })) }));
  },
};
