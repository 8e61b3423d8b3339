// Clients who wait for a callback, a card or a line each: dial, take, close, open the calls.

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
  for (const what of [name, "closed"]) {
    if (labels[what]) cell.append(press("", labels[what], () => act(what, row.id)))
  }
  if (labels.open) {
    const words = { title: labels.open, ariaLabel: labels.open }
    cell.append(press("open", "›", () => act("open", row.id), words))
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
  const act = (what, id) => setTriggerValue("act", { what, id })
  const rows = data.rows.map((row) => line(row, data, act))
  parentElement.querySelector(".frame").replaceChildren(tabled(data.labels.caption, [head], rows))
}
