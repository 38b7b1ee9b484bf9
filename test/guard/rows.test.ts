import { rows, type Row } from "../../src/guard/rows.ts";
import { rowsOf } from "../documents/markdown.ts";

const limitOf = ({ limit, window }: Row) => `${limit} ${window === "hour" ? "an hour" : "a day"}`;

test("docs/guard.md shows the table of limits as it is", () => {
  const drawn = Map.groupBy(rows, ({ reason, codes, by, givesBack, suppressible }) =>
    [`\`${reason}\``, codes, by, givesBack, suppressible ? "`SUCCESSFUL`" : "`FAILED`"].join(" | "),
  );
  const shown = [...drawn].map(([cells, group]) => {
    const [reason = "", codes = "", by = "", ...rest] = cells.split(" | ");
    const limit =
      group[0]?.limit === undefined ? "`GUARD_COUNTRY_BUDGET`" : group.map(limitOf).join(", ");
    return [reason, codes, by, limit, ...rest];
  });
  const written = rowsOf("docs/guard.md").filter(([reason]) =>
    rows.some((row) => reason === `\`${row.reason}\``),
  );
  expect(written).toEqual(shown);
});
