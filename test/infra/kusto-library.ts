/// <reference types="@kusto/language-service-next" />
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

export interface KustoLibrary {
  readonly Kusto: typeof Kusto;
  readonly Bridge: {
    toArray<T>(list: System.Collections.Generic.IReadOnlyList$1<T> | null | undefined): T[];
  };
}

/** The package is two browser scripts that set global variables. Loading them takes seconds. */
export function loadKusto(): KustoLibrary {
  const library = createContext({});
  for (const script of ["bridge.min.js", "Kusto.Language.Bridge.min.js"])
    runInContext(
      readFileSync(require.resolve(`@kusto/language-service-next/${script}`), "utf8"),
      library,
    );
  return library as unknown as KustoLibrary;
}
