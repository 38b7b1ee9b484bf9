/** Returns the element with this `data-part`. Throws if it is missing or of another kind. */
export function part<E extends Element = HTMLElement>(
  root: ParentNode,
  name: string,
  kind: new () => E = HTMLElement as unknown as new () => E,
): E {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof kind)) throw new Error(`The page has no part ${name}.`);
  return found;
}

/** Returns a copy of the only element in the template with this id. */
export function fromTemplate(id: string): HTMLElement {
  const template = document.getElementById(id);
  const first =
    template instanceof HTMLTemplateElement && template.content.firstElementChild?.cloneNode(true);
  if (!(first instanceof HTMLElement)) throw new Error(`The page has no template ${id}.`);
  return first;
}

/** Writes text, never HTML. Hides the element if the text is empty. */
export function write(root: ParentNode, name: string, text: string | undefined): HTMLElement {
  const element = part(root, name);
  element.textContent = text ?? "";
  element.hidden = text === undefined || text === "";
  return element;
}

export function onClick(root: ParentNode, name: string, act: () => unknown): void {
  part(root, name).addEventListener("click", () => void act());
}

export function create(tag: string, text: string, className = ""): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className !== "") element.className = className;
  return element;
}

export function field<E extends HTMLElement>(
  form: HTMLFormElement,
  name: string,
  kind: new () => E,
): E {
  const control = form.elements.namedItem(name);
  if (!(control instanceof kind)) throw new Error(`The form has no field ${name}.`);
  return control;
}

export function fillOptions(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, text: string])[],
) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
}
