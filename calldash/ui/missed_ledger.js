// Clients who wait for a callback, a card or a line each: dial, take, close, open the calls. All text is set as text.

const make = (tag, className, text) => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

const button = (words, className, act) => {
  const element = make("button", className, words.text)
  element.type = "button"
  if (words.title) element.title = words.title
  element.ariaLabel = words.label || words.text
  element.onclick = act
  return element
}

const client = (row, labels) => {
  const cell = make("th", "client")
  cell.scope = "row"
  cell.append(make("span", "number", row.client))
  if (row.dial) {
    const link = make("a", "dial", labels.dial)
    link.href = row.dial
    link.ariaLabel = `${labels.dial}: ${row.client}`
    // In the page's own place a browser would take dialling for the end of the page.
    link.target = "_blank"
    cell.append(link)
  }
  return cell
}

const value = (found, column) => {
  const cell = make("td", column.numeric ? "numeric" : "")
  cell.dataset.title = column.title
  if (found.title) cell.title = found.title
  const text = make("span", found.kind ? `state ${found.kind}` : "text", found.text)
  cell.append(text)
  if (found.more) cell.append(make("small", "", found.more))
  return cell
}

const actions = (row, labels, act) => {
  const cell = make("td", "actions")
  const name = row.taken ? "released" : "taken"
  cell.append(button({ text: labels[name] }, "", () => act(name, row.id)))
  cell.append(button({ text: labels.closed }, "", () => act("closed", row.id)))
  if (labels.open) {
    cell.append(button({ text: "›", title: labels.open, label: labels.open }, "open", () => act("open", row.id)))
  }
  return cell
}

const line = (row, data, act) => {
  const element = make("tr", row.taken ? "taken" : "")
  element.append(client(row, data.labels))
  row.cells.forEach((found, at) => element.append(value(found, data.columns[at + 1])))
  element.append(actions(row, data.labels, act))
  return element
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const table = make("table")
  table.append(make("caption", "", data.labels.caption))
  const head = make("tr")
  for (const column of data.columns) {
    const cell = make("th", column.numeric ? "numeric" : "", column.title)
    cell.scope = "col"
    if (column.help) cell.title = column.help
    head.append(cell)
  }
  const last = make("td")
  last.ariaLabel = data.labels.actions
  head.append(last)
  const top = make("thead")
  top.append(head)
  const body = make("tbody")
  const act = (what, id) => setTriggerValue("act", { what, id })
  body.append(...data.rows.map((row) => line(row, data, act)))
  table.append(top, body)
  parentElement.querySelector(".frame").replaceChildren(table)
}
