import type { ComponentChildren } from "preact";
import type { HookItem } from "../shown-items.ts";
import { coloured, indented } from "./json.tsx";
import { copy } from "./toast.ts";
import { providerNames } from "./words.ts";

/**
 * Requests and answers in the order of time. The box of the first request is closed at first,
 * because that request is long and mostly known.
 */
export function Exchanges({ hook }: { readonly hook: HookItem }) {
  const { request, answer, provider } = hook;
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <div>
      <Exchange title="Request" line="POST" body={request.body} headers={headers.join("\n")} />
      {provider.map(({ provider: name, request: { method, path, body }, answer: given }) => (
        <>
          <Exchange
            open
            title={`${providerNames[name]} got`}
            line={`${method} ${path}`}
            body={body}
          />
          <Exchange
            open
            title={`${providerNames[name]} answered`}
            line={given === undefined ? "nothing" : `HTTP ${given.status}`}
            body={given?.body}
          />
        </>
      ))}
      <Exchange
        open
        title="Answer"
        line={answer === undefined ? "nothing yet" : `HTTP ${answer.status}`}
        body={answer?.body}
      />
    </div>
  );
}

interface ExchangeProps {
  readonly title: string;
  readonly line: string;
  readonly body: unknown;
  readonly headers?: string;
  readonly open?: boolean;
}

function Exchange({ title, line, body, headers = "", open = false }: ExchangeProps) {
  const text = indented(body);
  return (
    <details class="exchange" open={open}>
      <summary>
        {title} <span class="note">{line}</span>
      </summary>
      <Code name={`${title}, headers`} text={headers}>
        {headers}
      </Code>
      <Code name={`${title}, body`} text={text}>
        {coloured(text)}
      </Code>
    </details>
  );
}

interface CodeProps {
  /** What the text is, for screen readers. */
  readonly name: string;
  readonly text: string;
  readonly children: ComponentChildren;
}

/** A text with a button that copies it. Nothing if the text is empty. */
export function Code({ name, text, children }: CodeProps) {
  if (text === "") return null;
  return (
    <div class="code">
      <pre tabIndex={0} aria-label={name}>
        {children}
      </pre>
      <button
        type="button"
        aria-label={`Copy: ${name}`}
        onClick={() => copy(text, `Copied: ${name}.`)}
      >
        Copy
      </button>
    </div>
  );
}
