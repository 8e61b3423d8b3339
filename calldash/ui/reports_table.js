// A report: rows of heads, names and numbers. All text is set as text, never as markup.

const make = (tag, className, text) => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

const button = (text, label, open) => {
  const found = make("button", "", text)
  found.type = "button"
  found.title = label
  found.onclick = open
  return found
}

const head = (found) => {
  const cell = make("th", found.name ? "name" : "number", found.text)
  cell.scope = found.span > 1 ? "colgroup" : "col"
  cell.colSpan = found.span ?? 1
  cell.rowSpan = found.rows ?? 1
  if (found.help) cell.title = found.help
  if (found.span > 1) cell.classList.add("group")
  return cell
}

const number = (found, label, open) => {
  const cell = make("td", found.words ? "" : "number")
  if (found.heat) {
    cell.classList.add("heat")
    cell.style.setProperty("--heat", `${Math.round(found.heat * 45)}%`)
    cell.style.setProperty("--hue", `var(--cd-${found.hue})`)
  }
  cell.append(found.opens && label ? button(found.text, label, open) : make("span", "text", found.text))
  return cell
}

const row = (found, at, label, setTriggerValue) => {
  const line = make("tr", found.total ? "total" : "")
  found.names.forEach((text, place) => {
    const cell = make("th", "name")
    cell.scope = "row"
    const opens = label && !place && !found.total
    cell.append(opens ? button(text, label, () => setTriggerValue("open", [at, -1])) : make("span", "text", text))
    line.append(cell)
  })
  line.append(
    ...found.cells.map((cell, place) => number(cell, label, () => setTriggerValue("open", [at, place]))),
  )
  return line
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const table = make("table")
  table.append(make("caption", "", data.caption))
  const top = make("thead")
  data.heads.forEach((cells) => {
    const line = make("tr")
    line.append(...cells.map(head))
    top.append(line)
  })
  const body = make("tbody")
  body.append(...data.rows.map((found, at) => row(found, at, data.open, setTriggerValue)))
  table.append(top, body)
  parentElement.querySelector(".frame").replaceChildren(table)
}
