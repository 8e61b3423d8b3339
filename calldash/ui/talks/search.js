// Lines that were found: the words looked for are marked; a click opens the call at that moment.

const said = (pieces) => {
  const element = make("span", "said")
  element.append(...pieces.map(([text, lit]) => (lit ? make("mark", "", text) : document.createTextNode(text))))
  return element
}

const item = (hit, labels, open) => {
  const act = () => String(window.getSelection()) || open({ call: hit.call, t: hit.t })
  const button = press("", undefined, act, { title: labels.open })
  const head = make("span", "head")
  head.append(make("span", "when", hit.when), make("span", "about", hit.about))
  const line = make("span", "line")
  line.append(make("span", "at", `▶ ${hit.at}`))
  if (hit.name) {
    const name = make("b", "", hit.name)
    name.dataset.who = hit.who
    line.append(name)
  }
  line.append(said(hit.pieces))
  button.append(head, line)
  const element = make("li")
  element.append(button)
  return element
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const list = parentElement.querySelector(".hits")
  list.ariaLabel = data.labels.list
  list.replaceChildren(...data.hits.map((hit) => item(hit, data.labels, (at) => setTriggerValue("open", at))))
}
