import type { HookItem } from "../protocol.ts";
import { fromTemplate, onClick, part, write } from "./dom.ts";
import { coloured, indented } from "./json.ts";
import { copy } from "./toast.ts";

/**
 * Draws requests and answers in the order of time. The box of Okta's request is closed at first,
 * because that request is long and mostly known.
 */
export function drawExchanges({ request, answer, provider }: HookItem): HTMLElement[] {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  const boxes = [
    drawExchange("Okta sent", "POST", request.body, headers.join("\n")),
    ...provider.flatMap(({ request: { method, path, body }, answer: given }) => [
      drawExchange("8x8 got", `${method} ${path}`, body),
      drawExchange(
        "8x8 answered",
        given === undefined ? "nothing" : `HTTP ${given.status}`,
        given?.body,
      ),
    ]),
    drawExchange(
      "Okta got",
      answer === undefined ? "nothing yet" : `HTTP ${answer.status}`,
      answer?.body,
    ),
  ];
  boxes.forEach((box, place) => {
    box.dataset["name"] = `exchange ${place}`;
    box.toggleAttribute("open", place > 0);
  });
  return boxes;
}

function drawExchange(title: string, line: string, body: unknown, headers = ""): HTMLElement {
  const box = fromTemplate("exchange");
  write(box, "title", title);
  write(box, "line", line);
  const texts = { headers, body: indented(body) };
  for (const [name, text] of Object.entries(texts)) {
    const code = fromTemplate("code");
    code.hidden = text === "";
    part(code, "text").append(...(name === "body" ? coloured(text) : [text]));
    part(code, "text").ariaLabel = `${title}, ${name}`;
    part(code, "copy").ariaLabel = `Copy the ${name} of: ${title}`;
    onClick(code, "copy", () => copy(text, `Copied: ${title}, ${name}.`));
    box.append(code);
  }
  return box;
}
