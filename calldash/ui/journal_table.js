// A table of calls: headers sort, rows open their call. All text is set as text, never as markup.

const make = (tag, className, text) => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey

const header = (column, labels, setTriggerValue) => {
  const cell = make("th", column.numeric ? "number" : "")
  cell.scope = "col"
  if (!labels.sort) {
    cell.textContent = column.title
    return cell
  }
  const button = make("button", "", column.title)
  button.type = "button"
  button.title = labels.sort
  if (column.sorted) {
    cell.ariaSort = column.sorted
    const arrow = make("span", "arrow", column.sorted === "ascending" ? "▲" : "▼")
    arrow.ariaHidden = "true"
    button.append(arrow)
  }
  button.onclick = () => setTriggerValue("sort", column.key)
  cell.append(button)
  return cell
}

const content = (found) => {
  const box = make("span", "box")
  if (found.mark) {
    const mark = make("span", "mark", found.mark)
    mark.ariaHidden = "true"
    if (found.colour) mark.style.color = found.colour
    box.append(mark)
  }
  box.append(make("span", "text", found.text))
  return box
}

const row = (call, columns, labels, setTriggerValue) => {
  const line = make("tr", call.open ? "open" : "")
  call.cells.forEach((found, at) => {
    const cell = make(at ? "td" : "th", columns[at].numeric ? "number" : "")
    if (found.text.length > 24) cell.title = found.text
    if (at) {
      cell.append(content(found))
    } else {
      cell.scope = "row"
      const link = make("a")
      link.href = call.href
      link.title = labels.open
      link.append(content(found))
      cell.append(link)
    }
    line.append(cell)
  })
  line.onclick = (event) => {
    if (!isPlain(event) || String(window.getSelection())) return
    event.preventDefault()
    setTriggerValue("open", call.call_no)
  }
  return line
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const { columns, rows, labels } = data
  const table = make("table")
  table.append(make("caption", "", labels.caption))
  const head = make("tr")
  head.append(...columns.map((column) => header(column, labels, setTriggerValue)))
  const top = make("thead")
  top.append(head)
  const body = make("tbody")
  body.append(...rows.map((call) => row(call, columns, labels, setTriggerValue)))
  table.append(top, body)
  const frame = parentElement.querySelector(".frame")
  const focused = parentElement.activeElement?.textContent
  frame.style.maxHeight = data.height
  frame.replaceChildren(table)
  if (focused) [...frame.querySelectorAll("button, a")].find((one) => one.textContent === focused)?.focus()
}
