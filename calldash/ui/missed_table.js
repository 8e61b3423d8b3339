// Clients still to call: the number dials, the rest of the row opens the client's calls. All text is set as text.

const make = (tag, className, text) => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

const heading = (column) => {
  const cell = make("th", column.numeric ? "number" : "", column.title)
  cell.scope = "col"
  if (column.help) cell.title = column.help
  return cell
}

const client = (row, labels) => {
  const cell = make("th")
  cell.scope = "row"
  if (!row.dial) {
    cell.textContent = row.client
    return cell
  }
  const link = make("a", "", row.client)
  link.href = row.dial
  link.title = labels.dial
  // In the page's own place a browser would take dialling for the end of the page.
  link.target = "_blank"
  link.onclick = (event) => event.stopPropagation()
  cell.append(link)
  return cell
}

const plain = (text, numeric) => {
  const cell = make("td", numeric ? "number" : "")
  if (text.length > 24) cell.title = text
  const box = make("span", "box")
  box.append(make("span", "text", text))
  cell.append(box)
  return cell
}

const line = (row, columns, labels, open) => {
  const element = make("tr")
  element.append(client(row, labels))
  row.cells.forEach((text, at) => element.append(plain(text, columns[at + 1].numeric)))
  if (!labels.open) return element
  const button = make("button", "", "›")
  button.type = "button"
  button.title = labels.open
  button.ariaLabel = labels.open
  const last = make("td")
  last.append(button)
  element.append(last)
  element.onclick = () => String(window.getSelection()) || open(row.id)
  return element
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const { columns, rows, labels } = data
  const table = make("table")
  table.append(make("caption", "", labels.caption))
  const head = make("tr")
  head.append(...columns.map(heading), ...(labels.open ? [make("td")] : []))
  const top = make("thead")
  top.append(head)
  const body = make("tbody")
  body.append(...rows.map((row) => line(row, columns, labels, (id) => setTriggerValue("open", id))))
  table.append(top, body)
  parentElement.querySelector(".frame").replaceChildren(table)
}
