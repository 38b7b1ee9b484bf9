import type { HookItem, ProviderCall } from "../protocol.ts";
import { Code, indented } from "./code.tsx";
import { capitalized, providerNames } from "./words.ts";

/** The box of Okta's request is closed at first, because the request is long and familiar. */
export function Exchanges({ hook }: { readonly hook: HookItem }) {
  const { request, answer, provider, event } = hook;
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      <Exchange title="Request" line="POST" body={request.body} headers={headers.join("\n")} />
      {provider.map((call) => (
        <WithProvider {...call} />
      ))}
      <Exchange
        open
        title="Answer"
        line={answer === undefined ? "nothing yet" : `HTTP ${answer.status}`}
        body={answer?.body}
      />
      {event && <Exchange title="The app's own event" line="" body={event} />}
    </>
  );
}

function WithProvider({ provider, request: { method, path, body }, answer }: ProviderCall) {
  const name = capitalized(providerNames[provider]);
  const status = answer === undefined ? "nothing" : `HTTP ${answer.status}`;
  return (
    <>
      <Exchange open title={`${name} got`} line={`${method} ${path}`} body={body} />
      <Exchange open title={`${name} answered`} line={status} body={answer?.body} />
    </>
  );
}

interface ExchangeProps {
  readonly title: string;
  readonly line: string;
  readonly headers?: string;
  readonly body: unknown;
  readonly open?: boolean;
}

function Exchange({ title, line, headers = "", body, open = false }: ExchangeProps) {
  return (
    <details open={open}>
      <summary>
        {title} <span class="note">{line}</span>
      </summary>
      <Code name={title} text={[headers, indented(body)].filter(Boolean).join("\n\n")} />
    </details>
  );
}
